namespace ChatBot.Configuration.Settings;

/// <summary>
/// A password or key. It shows itself only to who asks for it by name, so that no log or message prints it by accident.
/// </summary>
public sealed record SecretValue
{
    private readonly string _value;

    public SecretValue(string value) => _value = value;

    /// <summary>It was not read.</summary>
    public bool IsEmpty => _value.Length == 0;

    public string Reveal() => _value;

    public override string ToString() => "***";
}
