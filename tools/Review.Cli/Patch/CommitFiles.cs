using LibGit2Sharp;
using Review.Core.Source;

namespace Review.Cli.Patch;

/// <summary>Some files of a commit, to see whether a series applies there.</summary>
internal sealed class CommitFiles(Commit commit, IReadOnlySet<string> files) : ISourceTree
{
    public string? Revision => commit.Sha;

    public bool FileExists(string path) => Blob(path) is not null;

    public byte[]? ReadBytes(string path)
    {
        if (Blob(path) is not { } blob)
        {
            return null;
        }

        using var content = blob.GetContentStream();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    public IReadOnlyList<string> List(string directory) => [];

    private Blob? Blob(string path) =>
        files.Contains(path) && commit[path] is { TargetType: TreeEntryTargetType.Blob, Mode: Mode.NonExecutableFile or Mode.ExecutableFile } entry ? (Blob)entry.Target : null;
}
