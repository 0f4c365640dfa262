namespace ChatBot.Core.Irc;

/// <summary>
/// The network's services, which the bot may ask for help; null names are not asked. Account and Password are for NickServ
/// IDENTIFY where the server offers no SASL.
/// </summary>
public sealed record IrcServicesOptions(string? NickServ = null, string? ChanServ = null, string Account = "", string Password = "")
{
    public override string ToString() => $"{nameof(IrcServicesOptions)} {{ NickServ = {NickServ}, ChanServ = {ChanServ} }}";
}
