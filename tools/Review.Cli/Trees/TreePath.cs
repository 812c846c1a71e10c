namespace Review.Cli.Trees;

/// <summary>Rules about paths inside a kernel tree: relative, separated by slashes, never leaving it, never git's own files.</summary>
internal static class TreePath
{
    /// <summary>What is wrong with a path that somebody asks for, or null. The empty path is the root.</summary>
    public static string? Trouble(string path)
    {
        if (path.StartsWith('/'))
        {
            return "an absolute path is not inside the tree";
        }

        foreach (var name in path.Split('/'))
        {
            if (name == "..")
            {
                return "a path inside the tree may not contain '..'";
            }

            if (name.Length > 0 && !IsName(name))
            {
                return "not the name of a file in a kernel tree";
            }
        }

        return null;
    }

    /// <summary>True if a directory entry of this name may be shown, and written to disk.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 255
        && name is not ("." or "..")
        && !name.Equals(".git", StringComparison.OrdinalIgnoreCase)
        && !name.Contains('/', StringComparison.Ordinal)
        && !name.Any(char.IsControl);

    /// <summary>The path of an entry of a directory; the root is the empty path.</summary>
    public static string Join(string directory, string name) => directory.Length == 0 ? name : directory + "/" + name;
}
