using System.Text;

namespace ChatBot.Tests.Mail;

/// <summary>Mails of Alertmanager 0.25 as its HTML template reads once it is reduced to text.</summary>
internal static class Alertmanager
{
    private static int _written;

    /// <param name="subject">As Alertmanager makes it: <c>[FIRING:2] GROUP</c>.</param>
    /// <param name="alerts">Those that fire before those that are resolved, as in the template.</param>
    public static string Mail(string subject, params Alert[] alerts)
    {
        var text = new StringBuilder();
        foreach (var state in alerts.GroupBy(alert => alert.IsFiring).OrderByDescending(state => state.Key))
        {
            text.Append($"[{state.Count()}] {(state.Key ? "Firing" : "Resolved")}\n");
            foreach (var alert in state)
            {
                text.Append($"Labels\n{string.Concat(alert.Labels.Select(label => $"{label.Replace("=", " = ", StringComparison.Ordinal)}\n"))}");
                text.Append("Annotations\nsummary = reste peu\nSource\n");
            }
        }

        return $"From: alertmanager@hal.globenet.org\nDate: Sun, 22 Nov 2026 20:00:00 +0000\nMessage-Id: <{_written++}@hal>\nSubject: {subject}\n"
            + $"Content-Type: text/plain; charset=utf-8\n\n{text}{_written}\n";
    }

    public static Alert Firing(string name, string? instance, string severity, params string[] labels) => Of(true, name, instance, severity, labels);

    public static Alert Resolved(string name, string? instance, string severity, params string[] labels) => Of(false, name, instance, severity, labels);

    private static Alert Of(bool isFiring, string name, string? instance, string severity, string[] labels) =>
        new(isFiring, [$"alertname={name}", .. instance is null ? [] : (string[])[$"instance={instance}"], .. labels, $"severity={severity}"]);

    /// <param name="IsFiring">Or resolved.</param>
    /// <param name="Labels"><c>name=value</c> each.</param>
    internal sealed record Alert(bool IsFiring, string[] Labels);
}
