namespace ChatBot.Configuration;

/// <summary>How people prove by OpenPGP who they are.</summary>
/// <param name="Keys">Full path of a folder of public keys, or of one file.</param>
/// <param name="Program">The name or the full path of gpg.</param>
public sealed record OpenPgpSettings(string Keys, string Program);
