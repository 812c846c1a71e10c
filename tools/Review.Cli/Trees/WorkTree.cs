using System.ComponentModel;
using Review.Core.Source;

namespace Review.Cli.Trees;

/// <summary>A kernel tree in a folder. Files are read when asked for; nothing is cached, so edits are seen.</summary>
internal sealed class WorkTree : LinkedTree
{
    private readonly string root;

    /// <summary>Opens a folder; throws <see cref="UserError"/> if there is none or if it holds no kernel.</summary>
    public WorkTree(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserError($"no such directory: {folder}", "name the top folder of a kernel tree with --kernel");
        }

        root = PosixFile.RealPath(Path.GetFullPath(folder));
        KernelTree.Check(this, folder);
    }

    public override string? Revision => null;

    /// <summary>The absolute path of the tree's top folder, without links.</summary>
    public string Root => root;

    protected override NodeKind Look(string path)
    {
        try
        {
            return PosixFile.Status(OnDisk(path)).Kind;
        }
        catch (Win32Exception trouble)
        {
            throw new SourceTreeException(path, $"cannot be read: {trouble.Message}");
        }
    }

    protected override string Target(string path) => new FileInfo(OnDisk(path)).LinkTarget ?? string.Empty;

    protected override long Size(string path) => PosixFile.Status(OnDisk(path)).Size;

    protected override byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(OnDisk(path));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SourceTreeException(path, $"cannot be read: {trouble.Message}");
        }
    }

    protected override IEnumerable<string> Names(string directory)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(OnDisk(directory)).Select(static entry => Path.GetFileName(entry)).ToList();
        }
        catch (UnauthorizedAccessException trouble)
        {
            throw new SourceTreeException(directory, $"cannot be read: {trouble.Message}");
        }
    }

    protected override string? Inside(string target)
    {
        var full = Path.GetFullPath(target);
        return full == root ? string.Empty
            : full.StartsWith(root + "/", StringComparison.Ordinal) ? full[(root.Length + 1)..]
            : null;
    }

    private string OnDisk(string path) => path.Length == 0 ? root : root + "/" + path;
}
