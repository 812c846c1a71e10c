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

        foreach (var range in path.AsSpan().Split('/'))
        {
            var name = path.AsSpan(range);
            if (name is "..")
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
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 255 || name is "." or ".." || name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Contains('/'))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (char.IsControl(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The path of an entry of a directory; the root is the empty path.</summary>
    public static string Join(string directory, string name) => directory.Length == 0 ? name : directory + "/" + name;
}
