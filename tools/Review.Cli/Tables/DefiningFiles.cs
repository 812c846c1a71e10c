using System.Text;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Tables.Decisions;

namespace Review.Cli.Tables;

/// <summary>Finds the files beside another one that define some functions and may turn their results into error codes.</summary>
/// <param name="tree">The tree.</param>
/// <param name="file">The file that they lie beside.</param>
/// <param name="parse">Parses a file; null where the configuration does not compile it.</param>
internal sealed class DefiningFiles(ISourceTree tree, string file, Func<string, TranslationUnit?> parse)
{
    /// <summary>The files, parsed; in the order of their names.</summary>
    public IEnumerable<TranslationUnit> Of(IReadOnlySet<string> functions)
    {
        var folder = Path.GetDirectoryName(file) ?? "";
        return tree.List(folder).Where(static name => name.EndsWith(".c", StringComparison.Ordinal)).Select(name => folder.Length == 0 ? name : $"{folder}/{name}")
            .Where(path => path != file && TextOf(path) is { } text && ErrnoMapping.MayBeIn(text) && Defines(text, functions)).Select(parse).OfType<TranslationUnit>();
    }

    private string? TextOf(string path)
    {
        try
        {
            return tree.ReadBytes(path) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;
        }
        catch (SourceTreeException)
        {
            return null;
        }
    }

    /// <summary>True if a line in kernel style begins the definition of one of the functions.</summary>
    private static bool Defines(string text, IReadOnlySet<string> functions) => text.Split('\n').Any(line =>
        line.Length > 0 && char.IsLetter(line[0]) && line.IndexOf('(', StringComparison.Ordinal) is > 0 and var paren && !line.EndsWith(';')
        && functions.Contains(line[..paren].Split(' ', '*')[^1]));
}
