using System.Security.Cryptography;
using System.Text;
using LibGit2Sharp;
using Review.Cli.Trees;
using Review.Patches.Mail;

namespace Review.Cli.Mail;

/// <summary>
/// One git repository of public-inbox (public-inbox-v1-format(5), public-inbox-v2-format(5)). In version 2 every commit holds one file, <c>m</c> for a mail that came or <c>d</c> for one that is
/// taken out; in version 1 the tree holds all mails, each under the digest of its id.
/// </summary>
internal sealed class InboxRepository : IDisposable
{
    private readonly Repository repository;
    private readonly bool isVersion2;

    private InboxRepository(string name, Repository repository)
    {
        Name = name;
        this.repository = repository;
        isVersion2 = Tip is { } tip && (tip["m"] is not null || tip["d"] is not null);
    }

    /// <summary>What the repository is called inside its archive.</summary>
    public string Name { get; }

    /// <summary>The newest commit; null while there is none.</summary>
    public Commit? Tip => repository.Head.Tip ?? repository.Branches["master"]?.Tip ?? repository.Branches["main"]?.Tip;

    /// <summary>Opens the repository at a folder.</summary>
    public static InboxRepository Open(string name, string folder) => new(name, GitLibrary.Open(folder));

    /// <summary>True if the tree of a bare repository is an archive's.</summary>
    public static bool IsInbox(string folder)
    {
        using var opened = Open("", folder);
        return opened.isVersion2 || opened.Tip?.Tree.Any(static entry => entry.TargetType == TreeEntryTargetType.Tree && entry.Name.Length == 2 && entry.Name.All(char.IsAsciiHexDigitLower)) == true;
    }

    /// <summary>The commits after one, the oldest first; all of them if it is unknown or no longer part of history.</summary>
    public IEnumerable<InboxCommit> After(string? last) => Walk(new CommitFilter
    {
        IncludeReachableFrom = Tip,
        ExcludeReachableFrom = IsInHistory(last) ? last : null,
        SortBy = CommitSortStrategies.Topological | CommitSortStrategies.Reverse,
    });

    /// <summary>The commits, the newest first.</summary>
    public IEnumerable<InboxCommit> NewestFirst() => Walk(new CommitFilter { IncludeReachableFrom = Tip, SortBy = CommitSortStrategies.Topological });

    /// <summary>A mail by its id if the layout knows ids, as version 1 does.</summary>
    public byte[]? Find(string messageId)
    {
        if (isVersion2 || Tip is not { } tip)
        {
            return null;
        }

#pragma warning disable CA5350 // Not a matter of security: it is how the archive names its files.
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(messageId)));
#pragma warning restore CA5350
        return tip[$"{name[..2]}/{name[2..]}"]?.Target is Blob blob ? Bytes(blob) : null;
    }

    /// <summary>The bytes of a mail; null for one that is too large.</summary>
    public static byte[]? Bytes(Blob blob)
    {
        if (blob.Size > MailLimits.MailBytes)
        {
            return null;
        }

        using var content = blob.GetContentStream();
        var bytes = new byte[blob.Size];
        content.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => repository.Dispose();

    private IEnumerable<InboxCommit> Walk(CommitFilter filter) =>
        Tip is null ? [] : repository.Commits.QueryBy(filter).Select(commit => new InboxCommit(commit, isVersion2 ? InVersion2 : InVersion1));

    private bool IsInHistory(string? commit)
    {
        try
        {
            return commit is not null && repository.Lookup<Commit>(commit) is { } found && repository.ObjectDatabase.FindMergeBase(found, Tip)?.Sha == found.Sha;
        }
        catch (LibGit2SharpException)
        {
            return false;
        }
    }

    private static (Blob? Blob, bool IsWithdrawn) InVersion2(Commit commit) => commit["m"]?.Target is Blob mail ? (mail, false) : (commit["d"]?.Target as Blob, true);

    private (Blob? Blob, bool IsWithdrawn) InVersion1(Commit commit)
    {
        using var changes = repository.Diff.Compare<TreeChanges>(commit.Parents.FirstOrDefault()?.Tree, commit.Tree, new CompareOptions { Similarity = SimilarityOptions.None });
        return changes.FirstOrDefault() switch
        {
            { Status: ChangeKind.Deleted } gone => (repository.Lookup<Blob>(gone.OldOid), true),
            { } there => (repository.Lookup<Blob>(there.Oid), false),
            null => (null, false),
        };
    }
}
