using System.Text;
using Review.Core.Source;

namespace Review.Kernel;

/// <summary>Reading of text files and of path names inside a tree.</summary>
internal static class SourceTreeReading
{
    /// <summary>
    /// The text of a file, or null if there is none or it cannot be handed out; the latter is recorded as a problem.
    /// Bytes that are no UTF-8 become replacement characters: kernel makefiles and Kconfig files are ASCII where it matters.
    /// </summary>
    public static string? ReadText(this ISourceTree tree, string path, ProblemList? problems)
    {
        try
        {
            return tree.ReadBytes(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        }
        catch (SourceTreeException e)
        {
            problems?.Add(path, 0, $"{e.Reason}; the file is ignored");
            return null;
        }
    }

    /// <summary>The entries of a directory; none if it cannot be listed, which is recorded as a problem.</summary>
    public static IReadOnlyList<string> Entries(this ISourceTree tree, string directory, ProblemList problems)
    {
        try
        {
            return tree.List(directory);
        }
        catch (SourceTreeException e)
        {
            problems.Add(directory, 0, $"{e.Reason}; the directory is taken as empty");
            return [];
        }
    }

    /// <summary>
    /// Joins a path to a directory and resolves <c>.</c> and <c>..</c>. Null if the result is absolute or leaves the tree.
    /// The root is the empty string.
    /// </summary>
    public static string? Resolve(string directory, string path)
    {
        if (path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in $"{directory}/{path}".Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The directory part of a path inside the tree; empty for a file at the root.</summary>
    public static string DirectoryOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    /// <summary>A name inside a directory; the directory may be the root, which is empty.</summary>
    public static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";
}
