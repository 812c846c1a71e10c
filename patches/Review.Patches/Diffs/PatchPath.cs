namespace Review.Patches.Diffs;

/// <summary>Paths that a patch may name: inside the tree, and none of git's own files under any of their names.</summary>
internal static class PatchPath
{
    private const int Longest = 4_095;

    /// <summary>What is wrong with a path; null if nothing is.</summary>
    public static string? Trouble(string path)
    {
        if (path.Length is 0 or > Longest)
        {
            return "no path of a file";
        }

        foreach (var name in path.Split('/'))
        {
            if (name is "" or "." or "..")
            {
                return "the path leaves the tree";
            }

            if (IsGitDirectory(name))
            {
                return "the path is one of git's own";
            }

            if (name.Any(char.IsControl))
            {
                return "the path holds control characters";
            }
        }

        return null;
    }

    /// <summary>True for <c>.git</c> in any case and under the names by which some file systems know it as well.</summary>
    private static bool IsGitDirectory(string name)
    {
        var plain = name.Split(':', 2)[0].TrimEnd(' ', '.');
        var visible = new string([.. plain.Where(static c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]);
        return visible.Equals(".git", StringComparison.OrdinalIgnoreCase) || visible.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }
}
