using System.Collections.Immutable;
using Review.Patches.Mail;
using Review.Patches.Threads;

namespace Review.Patches.Series;

/// <summary>Puts the series of a thread together. Order is by number, never by arrival; what is missing or there twice is told.</summary>
public sealed class SeriesAssembler
{
    private readonly ImmutableArray<Candidate> candidates;

    private SeriesAssembler(MailThread thread) => candidates =
    [
        .. thread.Mails.Select((mail, index) => new Candidate(index, mail, PatchSubject.Parse(mail.Subject), HasDiff(mail)))
            .Where(static one => !one.Subject.IsReply && (one.HasDiff || one.Subject.Number == 0 || (one.Subject.IsPatch && one.Subject.Number is not null))),
    ];

    private sealed record Candidate(int Index, MailMessage Mail, PatchSubject Subject, bool HasDiff)
    {
        /// <summary>What mails of one series have in common.</summary>
        public (string Author, int Revision, int? Total, bool IsResend) Key => (Mail.From?.ToString() ?? "", Subject.Revision, Subject.Total, Subject.IsResend);
    }

    /// <summary>
    /// The series in the mails, the newest last: by revision, then by date. Patches without numbers are one series, in the order in which they come.
    /// </summary>
    public static ImmutableArray<PatchSeries> Assemble(MailThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var assembler = new SeriesAssembler(thread);
        return
        [
            .. assembler.candidates.GroupBy(static one => one.Key).Select(static group => group.Key.Total is null ? Unnumbered([.. group]) : Numbered([.. group]))
                .Where(static series => !series.Patches.IsEmpty)
                .OrderBy(static series => series.Revision).ThenBy(static series => series.Date ?? DateTimeOffset.MinValue),
        ];
    }

    /// <summary>A patch by itself, whatever number it has; null if the mail holds none.</summary>
    public static PatchSeries? Single(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var subject = PatchSubject.Parse(mail.Subject);
        return HasDiff(mail)
            ? new PatchSeries { Revision = subject.Revision, Total = subject.Total ?? 1, Patches = [SeriesPatch.Of(subject.Number ?? 1, mail)] }
            : null;
    }

    /// <summary>True if a mail holds what git would apply.</summary>
    internal static bool HasDiff(MailMessage mail) => !SeriesPatch.Of(0, mail).Files.IsEmpty || MentionsDiff(mail.Info.Patch.Span);

    // A broken diff is a patch too: it must be told that it was not looked at.
    private static bool MentionsDiff(ReadOnlySpan<byte> patch) => patch.StartsWith("diff --git "u8) || patch.IndexOf("\ndiff --git "u8) >= 0 || (patch.IndexOf("\n--- "u8) >= 0 && patch.IndexOf("\n+++ "u8) >= 0);

    private static PatchSeries Unnumbered(ImmutableArray<Candidate> mails)
    {
        var distinct = mails.Where(static one => one.HasDiff).Take(MailLimits.Patches).ToList();
        return new PatchSeries
        {
            Revision = mails[0].Subject.Revision,
            IsRfc = mails[0].Subject.IsRfc,
            IsResend = mails[0].Subject.IsResend,
            Total = distinct.Count,
            Patches = [.. distinct.Select(static (one, index) => SeriesPatch.Of(index + 1, one.Mail))],
        };
    }

    private static PatchSeries Numbered(ImmutableArray<Candidate> mails)
    {
        var total = Math.Min(mails[0].Subject.Total!.Value, MailLimits.Patches);
        var slots = mails.Where(one => one.Subject.Number is > 0 && one.Subject.Number <= total).GroupBy(static one => one.Subject.Number!.Value).ToList();
        var patches = slots.OrderBy(static slot => slot.Key).Select(static slot => SeriesPatch.Of(slot.Key, slot.First().Mail)).ToImmutableArray();
        return new PatchSeries
        {
            Revision = mails[0].Subject.Revision,
            IsRfc = mails.Any(static one => one.Subject.IsRfc),
            IsResend = mails[0].Subject.IsResend,
            Total = mails[0].Subject.Total!.Value,
            Cover = mails.FirstOrDefault(static one => one.Subject.Number == 0)?.Mail,
            Patches = patches,
            Missing = [.. Enumerable.Range(1, total).Except(slots.Select(static slot => slot.Key))],
            Ambiguous = [.. slots.Where(static slot => slot.Select(static one => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(one.Mail.Info.Patch.Span))).Distinct(StringComparer.Ordinal).Count() > 1).Select(static slot => slot.Key).Order()],
        };
    }
}
