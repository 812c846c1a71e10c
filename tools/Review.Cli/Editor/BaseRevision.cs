using LibGit2Sharp;
using Review.Cli.Trees;

namespace Review.Cli.Editor;

/// <summary>What files were like before the edit: at HEAD, or where the own branch left another one.</summary>
internal sealed class BaseRevision : IDisposable
{
    private const string Head = "HEAD";

    // libgit2 wants its repository used by one thread at a time.
    private readonly Lock gate = new();
    private readonly Repository repository;

    private BaseRevision(Repository repository) => this.repository = repository;

    /// <summary>The revisions of a work tree; null if its top folder is not under git by itself.</summary>
    public static BaseRevision? Open(string root) => GitLibrary.IsRepository(root) ? new BaseRevision(GitLibrary.Open(root)) : null;

    /// <summary>The bytes of a file at a revision, or where HEAD left it; null if the file is not there.</summary>
    /// <exception cref="UserError">There is no such revision.</exception>
    public byte[]? Read(string revision, string path)
    {
        lock (gate)
        {
            return ReadAlone(revision, path);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            repository.Dispose();
        }
    }

    private byte[]? ReadAlone(string revision, string path)
    {
        try
        {
            var head = repository.Head.Tip;
            var named = revision == Head || revision.StartsWith('-') ? head : repository.Lookup<Commit>(revision + "^{commit}") ?? throw Unknown(revision);
            var commit = head is null || named.Sha == head.Sha ? named : repository.ObjectDatabase.FindMergeBase(head, named) ?? named;
            if (commit?[path]?.Target is not Blob blob)
            {
                return null;
            }

            using var content = blob.GetContentStream();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (LibGit2SharpException)
        {
            throw Unknown(revision);
        }
    }

    private static UserError Unknown(string revision) => new($"unknown revision '{revision}'", "set mmreview.base to a commit, tag or branch");
}
