using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Review.Bot.Configuration;
using Review.Bot.Store;
using Review.Patches.Mail;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Bot.Scanning;

/// <summary>
/// The series in the mails of a thread, each under a key that does not depend on the order in which its mails came.
/// </summary>
/// <param name="Thread">The mails.</param>
/// <param name="Series">The series with their keys.</param>
internal sealed record ThreadAssembly(MailThread Thread, ImmutableArray<(string Key, PatchSeries Series)> Series)
{
    /// <summary>Puts the series together.</summary>
    /// <param name="name">The id of the thread's first mail.</param>
    /// <param name="mails">Its mails; those of the bot are left out, because it does not listen to itself.</param>
    public static ThreadAssembly Of(string name, IEnumerable<StoredMail> mails)
    {
        var thread = MailThread.Of(mails.Where(static mail => !mail.IsOwn).Select(static mail => MailMessage.Read(mail.Raw)));

        // Patches without numbers in one thread are attempts after each other rather than a series.
        return new ThreadAssembly(thread, [.. SeriesAssembler.Assemble(thread).SelectMany(series => IsNumbered(series) ? [(KeyOf(name, series), series)] : Alone(name, series))]);
    }

    /// <summary>What the store is told of a series.</summary>
    public SeriesRecord Record(string name, string key, PatchSeries series, string list, BotConfig config, DateTimeOffset now)
    {
        var sender = (series.Cover ?? series.Patches[0].Mail)!.From;
        var (state, note) = series.Ambiguous.Length > 0 ? (SeriesState.NotAnalysed, series.Trouble!)
            : series.Trouble is { } trouble ? (SeriesState.Waiting, trouble)
            : !config.Scope.Concerns(series) ? (SeriesState.Dismissed, $"no file under {config.Scope} is touched")
            : Thread.IsUncertain ? (SeriesState.NotAnalysed, "it is not certain where one mail ends and the next begins")
            : (SeriesState.Ready, "");
        return new SeriesRecord
        {
            Key = key,
            Thread = name,
            List = list,
            Author = sender?.Address.ToLowerInvariant() ?? "",
            AuthorName = sender?.Name ?? "",
            Title = series.Title,
            Revision = series.Revision,
            Total = series.Total,
            Date = series.Date is { } date && date < now ? date : now,
            SeenAt = now,
            State = state,
            Note = note,
            Patches =
            [
                .. series.Cover is { MessageId: { } cover } ? (PatchRecord[])[new PatchRecord(0, cover, series.Cover.Info.Subject)] : [],
                .. series.Patches.Select(static patch => new PatchRecord(patch.Number, patch.Mail!.MessageId!, patch.Title)),
            ],
        };
    }

    private static bool IsNumbered(PatchSeries series) => PatchSubject.Parse(series.Patches[0].Mail!.Subject).Total is not null;

    private static IEnumerable<(string, PatchSeries)> Alone(string name, PatchSeries series) =>
        series.Patches.Select(static patch => SeriesAssembler.Single(patch.Mail!)).OfType<PatchSeries>().Select(single => (Digest(name, single.Patches[0].Mail!.MessageId!), single));

    private static string KeyOf(string name, PatchSeries series)
    {
        var sender = (series.Cover ?? series.Patches[0].Mail)!.From;
        return Digest(name, sender?.Address.ToLowerInvariant() ?? "", $"{series.Revision}", $"{series.Total}", series.IsResend ? "resend" : "");
    }

    private static string Digest(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];
}
