using Review.Bot.Commands;
using Review.Bot.Configuration;
using Review.Bot.Store;
using Review.Patches.Archives;
using Review.Patches.Mail;

namespace Review.Bot.Scanning;

/// <summary>
/// Reads what is new in a source. Mails, series, answers and the new position are kept in one transaction, so whoever is killed in between begins where the last one ended and misses nothing.
/// </summary>
public sealed class Scanner(BotStore store, BotConfig config, ReplyCommands commands, TimeProvider clock)
{
    private const int MailsAtOnce = 256;
    private const int BytesAtOnce = 4 << 20;

    /// <summary>Reads a source to its end; gives how many mails were kept, and how many were left out that nobody could answer.</summary>
    /// <param name="source">The source.</param>
    /// <param name="feed">Its mails.</param>
    /// <param name="cancellation">Stops between two transactions.</param>
    public ScanCount Scan(SourceConfig source, IMailFeed feed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(feed);
        var begun = clock.GetUtcNow();
        var position = store.Transact(session => SourceTable.PositionOf(session, source.Name));
        var count = new ScanCount(0, 0);
        foreach (var batch in Batches(feed.Since(ArchivePosition.Parse(position))))
        {
            cancellation.ThrowIfCancellationRequested();
            var next = batch[^1].Position.ToString();
            var now = clock.GetUtcNow();
            var kept = store.Transact(session => SourceTable.Advance(session, source.Name, position, next) ? new ScannedBatch(session, config, commands, source, now).Take(batch) : (ScanCount?)null);
            if (kept is null)
            {
                // Another machine reads the same source: it goes on from here.
                return count;
            }

            (position, count) = (next, new ScanCount(count.Kept + kept.Value.Kept, count.LeftOut + kept.Value.LeftOut));
        }

        store.Transact(session => SourceTable.NoteRead(session, source.Name, begun));
        return count;
    }

    private static IEnumerable<List<ArchivedMail>> Batches(IEnumerable<ArchivedMail> mails)
    {
        var (batch, bytes) = (new List<ArchivedMail>(), 0);
        foreach (var mail in mails)
        {
            batch.Add(mail);
            bytes += mail.Bytes.Length;
            if (batch.Count >= MailsAtOnce || bytes >= BytesAtOnce)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}

/// <summary>What became of the mails of a source.</summary>
/// <param name="Kept">How many were kept.</param>
/// <param name="LeftOut">How many more cannot be read, or have no Message-ID, so that nobody could answer them.</param>
public readonly record struct ScanCount(int Kept, int LeftOut);
