using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Proxmox VE 8.1 and later and Backup Server 3 (their notification system, <c>templates/default/*-subject.txt.hbs</c>): <c>Replication Job: 'ID' failed</c>,
/// <c>New software packages available (HOST)</c>, <c>FENCE: …</c> and <c>SUCCEED: …</c>; <c>Garbage Collect Datastore 'NAME' successful</c>, <c>Verify Datastore
/// …</c>, <c>Prune datastore …</c>, <c>Sync remote …</c> with <c>successful</c> or <c>failed</c>; backups of guests are <see cref="VzdumpFormat"/>'s. Known
/// by the sender's name, <c>Proxmox VE - HOST</c> or <c>Proxmox Backup Server - HOST</c>. All for root; logs are not kept.
/// </summary>
public sealed class ProxmoxFormat : IFormat
{
    private static readonly string[] Products = ["Proxmox VE - ", "Proxmox Backup Server - "];

    private static readonly string[] Jobs = ["Replication Job: ", "Garbage Collect Datastore ", "Verify Datastore ", "Prune datastore ", "Prune Datastore ", "Sync "];

    public string Source => "proxmox";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var product = Array.Find(Products, name => mail.FromName?.StartsWith(name, StringComparison.Ordinal) == true);
        if (product is null || SubjectTags.Behind(mail.Subject).StartsWith("vzdump backup status", StringComparison.Ordinal) || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var subject = SubjectTags.Behind(mail.Subject);
        var job = Array.Find(Jobs, name => subject.StartsWith(name, StringComparison.Ordinal));
        var isFence = subject.StartsWith("FENCE", StringComparison.Ordinal);
        return Naming.Report(this, job is null || isFence ? ReportKind.Report : ReportKind.Backup, mail.FromName![product.Length..].Trim(), mail, inventory) with
        {
            Severity = isFence ? Severity.Critical : Wording.OfSubject(subject),
            Says = [Phrase.Quote(subject)],
        };
    }
}
