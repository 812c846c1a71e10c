using System.Collections.Immutable;
using System.IO.Enumeration;
using Review.Core.Source;
using Review.Kernel.Makefiles;

namespace Review.Cli.Check;

/// <summary>
/// Turns the FILE arguments into paths inside the tree. A pattern stands for the files that kbuild compiles; as in git, its
/// <c>*</c> also matches <c>/</c>, and <c>**</c> any number of directories.
/// </summary>
internal static class FileSelection
{
    /// <summary>The files in ordinal order, each once.</summary>
    /// <param name="arguments">Paths inside the tree, paths of the file system that lie in it, or patterns.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="workTreeRoot">The tree's folder, or null.</param>
    /// <param name="currentFolder">What relative paths of the file system start from.</param>
    /// <param name="builds">What is compiled, for each architecture.</param>
    /// <exception cref="UserError">A file does not exist, or a pattern matches nothing.</exception>
    public static ImmutableArray<string> Expand(
        IEnumerable<string> arguments, ISourceTree tree, string? workTreeRoot, string currentFolder, Func<IReadOnlyCollection<Kbuild>> builds)
    {
        var files = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (argument.AsSpan().ContainsAny('*', '?'))
            {
                files.UnionWith(Match(argument, builds()));
            }
            else
            {
                _ = files.Add(Find(argument, tree, workTreeRoot, currentFolder));
            }
        }

        return [.. files];
    }

    private static List<string> Match(string pattern, IReadOnlyCollection<Kbuild> builds)
    {
        // A star matches slashes, so that two between slashes, which may stand for no directory at all, add nothing.
        pattern = pattern.Replace("/**/", "/*", StringComparison.Ordinal);
        var wildcard = pattern.AsSpan().IndexOfAny('*', '?');
        var slash = pattern.LastIndexOf('/', wildcard);
        var directory = slash < 0 ? throw new UserError($"the pattern '{pattern}' names no directory", "write for example 'mm/*.c'") : pattern[..slash];
        var matching = builds
            .SelectMany(build => build.Selected(directory))
            .Where(file => FileSystemName.MatchesSimpleExpression(pattern, file, ignoreCase: false))
            .ToList();
        return matching.Count > 0 ? matching : throw new UserError($"no file that kbuild compiles matches '{pattern}'", "look at the directory's Makefile, or name another configuration with --config");
    }

    private static string Find(string argument, ISourceTree tree, string? workTreeRoot, string currentFolder)
    {
        var inTree = Path.IsPathRooted(argument) ? null : argument.StartsWith("./", StringComparison.Ordinal) ? argument[2..] : argument;
        if (inTree is not null && tree.FileExists(inTree))
        {
            return inTree;
        }

        if (workTreeRoot is not null)
        {
            var full = Path.GetFullPath(argument, currentFolder);
            if (full.StartsWith(workTreeRoot + "/", StringComparison.Ordinal))
            {
                inTree = full[(workTreeRoot.Length + 1)..];
                if (tree.FileExists(inTree))
                {
                    return inTree;
                }
            }
        }

        const string Cure = "name files as they stand in the tree, for example mm/madvise.c";
        try
        {
            // Reading says why a link or a special file is refused.
            _ = inTree is null ? null : tree.ReadBytes(inTree);
        }
        catch (SourceTreeException trouble)
        {
            throw new UserError(trouble.Message, Cure);
        }

        throw new UserError($"no such file in the tree: {argument}", Cure);
    }
}
