using System.Collections.Immutable;
using System.Globalization;
using Review.Patches.Archives;
using Review.Patches.Mail;

namespace Review.Cli.Mail;

/// <summary>
/// An archive of public-inbox on disk: version 2 with its epochs <c>git/0.git</c>, <c>git/1.git</c> ..., of which some may be missing, or a single repository of version 1 or one epoch. Its databases
/// are not needed.
/// </summary>
internal sealed class PublicInbox : IMailArchive, IDisposable
{
    /// <summary>How much older than an answer the mail above it may be, to be looked for.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(400);

    /// <summary>Commits in a row that are outside a span of time before a walk ends: mails come a little out of order.</summary>
    private const int Stragglers = 100;

    private readonly ImmutableArray<InboxRepository> repositories;

    private PublicInbox(ImmutableArray<InboxRepository> repositories) => this.repositories = repositories;

    public ArchivePosition End => repositories.Aggregate(ArchivePosition.Start, static (position, repository) => repository.Tip is { } tip ? position.With(repository.Name, tip.Sha) : position);

    /// <summary>Opens an archive; null if a folder is none.</summary>
    public static PublicInbox? Open(string folder)
    {
        if (EpochsOf(folder) is { Count: > 0 } epochs)
        {
            return new PublicInbox([.. epochs.Select(static epoch => InboxRepository.Open(epoch.Number.ToString(CultureInfo.InvariantCulture), epoch.Folder))]);
        }

        return Directory.Exists(Path.Combine(folder, "objects")) && File.Exists(Path.Combine(folder, "HEAD")) && InboxRepository.IsInbox(folder)
            ? new PublicInbox([InboxRepository.Open("0", folder)])
            : null;
    }

    public IEnumerable<ArchivedMail> Since(ArchivePosition position)
    {
        foreach (var repository in repositories)
        {
            foreach (var commit in repository.After(position.Of(repository.Name)))
            {
                position = position.With(repository.Name, commit.Id);
                if (commit.Read() is { } mail)
                {
                    yield return new ArchivedMail(mail.Bytes, mail.IsWithdrawn, position);
                }
            }
        }
    }

    public ImmutableArray<MailMessage> Thread(string messageId, CancellationToken cancellation)
    {
        var start = Above(messageId.Trim().TrimStart('<').TrimEnd('>'), cancellation);
        if (start.Count == 0)
        {
            return [];
        }

        var search = new ThreadSearch(start);
        foreach (var commit in While(repositories.SelectMany(repository => Window(repository, search.From)), commit => commit.Archived <= search.Until))
        {
            cancellation.ThrowIfCancellationRequested();
            if (search.MayBelong(commit.Subject, commit.Sender, commit.Archived) && commit.Read() is { IsWithdrawn: false } mail)
            {
                search.Offer(MailMessage.Read(mail.Bytes), commit.Archived);
            }
            else if (commit.Subject == "rm" && commit.Read() is { IsWithdrawn: true } gone)
            {
                search.Withdraw(MailMessage.Read(gone.Bytes));
            }
        }

        return search.Mails;
    }

    public void Dispose()
    {
        foreach (var repository in repositories)
        {
            repository.Dispose();
        }
    }

    /// <summary>A mail and those above it, as far as the archive has them. Where ids lead to no file the newest mails are looked through first, because they are asked for most.</summary>
    private List<(MailMessage Mail, DateTimeOffset Archived)> Above(string messageId, CancellationToken cancellation)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal) { messageId };
        var found = new List<(MailMessage, DateTimeOffset)>();
        foreach (var bytes in repositories.Select(repository => repository.Find(messageId)).OfType<byte[]>())
        {
            // Where ids are the names of files the dates of commits are not known; the mail's own has to do.
            var mail = MailMessage.Read(bytes);
            found.Add((mail, mail.Date ?? DateTimeOffset.UnixEpoch));
            found.AddRange(mail.Answers.SelectMany(id => repositories.Select(repository => repository.Find(id)).OfType<byte[]>()).Select(static above => MailMessage.Read(above)).Select(static above => (above, above.Date ?? DateTimeOffset.UnixEpoch)));
            return found;
        }

        foreach (var commit in repositories.Reverse().SelectMany(static repository => repository.NewestFirst()))
        {
            cancellation.ThrowIfCancellationRequested();
            if (commit.Read() is { IsWithdrawn: false } entry && Mentions(entry.Bytes, wanted) && MailMessage.Read(entry.Bytes) is { MessageId: { } id } mail && wanted.Remove(id))
            {
                found.Add((mail, commit.Archived));

                // Everything above it is older. The farthest one is enough: from there on the whole thread comes by.
                if (mail.Answers is not [var root, ..])
                {
                    break;
                }

                wanted = [root];
            }

            if (wanted.Count == 0 || (found is [(_, var newest), ..] && commit.Archived < newest - Reach))
            {
                break;
            }
        }

        return found;
    }

    private static bool Mentions(byte[] mail, HashSet<string> ids)
    {
        var text = mail.AsSpan(0, Math.Min(mail.Length, MailLimits.HeaderBytes));
        foreach (var id in ids)
        {
            if (text.IndexOf(System.Text.Encoding.UTF8.GetBytes(id)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The commits from a time on, the oldest first. Walking back to that time reads no mail.</summary>
    private static IEnumerable<InboxCommit> Window(InboxRepository repository, DateTimeOffset from) => While(repository.NewestFirst(), commit => commit.Archived >= from).Reverse();

    /// <summary>The commits for which something holds, until it has not held for a while.</summary>
    private static IEnumerable<InboxCommit> While(IEnumerable<InboxCommit> commits, Func<InboxCommit, bool> holds)
    {
        var outside = 0;
        foreach (var commit in commits)
        {
            outside = holds(commit) ? 0 : outside + 1;
            if (outside == 0)
            {
                yield return commit;
            }
            else if (outside > Stragglers)
            {
                yield break;
            }
        }
    }

    private static List<(int Number, string Folder)> EpochsOf(string folder)
    {
        var git = Path.Combine(folder, "git");
        return Directory.Exists(git)
            ? [.. Directory.EnumerateDirectories(git, "*.git")
                .Select(static path => (IsNumber: int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number), number, path))
                .Where(static epoch => epoch.IsNumber).Select(static epoch => (epoch.number, epoch.path)).OrderBy(static epoch => epoch.number)]
            : [];
    }
}
