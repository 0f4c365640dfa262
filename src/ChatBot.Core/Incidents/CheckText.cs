using ChatBot.Core.Mail;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Incidents;

/// <summary>Names a check and its state in the monitor's own words.</summary>
public static class CheckText
{
    /// <summary>“POP3 CRITICAL”; the state alone for the machine itself.</summary>
    public static PublicText Of(PublicText? service, CheckState state) =>
        service is { } name ? PublicText.Declared($"{name.Value} {state.Word()}") : state.Text();
}
