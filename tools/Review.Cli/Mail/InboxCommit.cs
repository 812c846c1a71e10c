using LibGit2Sharp;

namespace Review.Cli.Mail;

/// <summary>A commit of an archive: one mail that came or was taken out.</summary>
/// <param name="commit">The commit.</param>
/// <param name="find">Finds the mail's blob in the commit, and whether the mail is taken out.</param>
internal sealed class InboxCommit(Commit commit, Func<Commit, (Blob? Blob, bool IsWithdrawn)> find)
{
    /// <summary>Its id.</summary>
    public string Id => commit.Sha;

    /// <summary>The subject of the mail.</summary>
    public string Subject => commit.MessageShort;

    /// <summary>The address of the mail's sender.</summary>
    public string Sender => commit.Author.Email;

    /// <summary>When the mail came into the archive.</summary>
    public DateTimeOffset Archived => commit.Committer.When;

    /// <summary>The mail and whether it is taken out; null for a commit of another kind.</summary>
    public (byte[] Bytes, bool IsWithdrawn)? Read()
    {
        var (blob, isWithdrawn) = find(commit);
        return blob is not null && InboxRepository.Bytes(blob) is { } bytes ? (bytes, isWithdrawn) : null;
    }
}
