namespace ChatBot.Configuration.Settings;

/// <summary>
/// The part [irc.services] of the configuration: the nicks of the services, and the account to identify to NickServ where the server
/// has no SASL; "" where there is none.
/// </summary>
public sealed record IrcServices(string NickServ, string ChanServ, string Account = "", string Password = "")
{
    // A record prints its members; one is secret.
    public override string ToString() => $"{nameof(IrcServices)} {{ NickServ = {NickServ}, ChanServ = {ChanServ} }}";
}
