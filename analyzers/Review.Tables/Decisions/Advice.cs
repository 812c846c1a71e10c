using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Tables.Decisions;

/// <summary>An advice of madvise(2), known by its name.</summary>
public static class Advice
{
    private const string Needs = "needs ";
    private const string Asks = "asks ";

    private static readonly FactTable Table = ReadTable();

    /// <summary>True for the name of an advice.</summary>
    public static bool IsName(string name) => name.StartsWith("MADV_", StringComparison.Ordinal) || IsInternal(name);

    /// <summary>True for a value that user space cannot pass: it comes by another door.</summary>
    public static bool IsInternal(string name) => name.StartsWith("__MADV_", StringComparison.Ordinal);

    /// <summary>True if contents of memory can be lost.</summary>
    public static bool IsDestructive(string name) => Effects(name).Contains("destroys");

    /// <summary>The option without which the advice does not exist; null if there is none.</summary>
    public static string? OptionOf(string name) => Effects(name).FirstOrDefault(static effect => effect.StartsWith(Needs, StringComparison.Ordinal))?[Needs.Length..];

    /// <summary>The functions of which whoever carries out the advice has to ask one; empty if nobody need be asked.</summary>
    public static IReadOnlyList<string> QuestionsOf(string name) =>
        [.. Effects(name).Where(static effect => effect.StartsWith(Asks, StringComparison.Ordinal)).Select(static effect => effect[Asks.Length..])];

    /// <summary>The advice that a constant is written as; null if it is written in another way.</summary>
    public static string? NameOf(Expression constant, SourceText text)
    {
        if (constant.Constant is null)
        {
            return null;
        }

        var name = constant.Unwrapped.Origin.Macro ?? constant.Origin.Macro ?? text.Slice(constant.Span).Trim('(', ')', ' ');
        return IsName(name) ? name : null;
    }

    private static FactTable ReadTable()
    {
        const string Name = "Advice.facts";
        using var reader = new StreamReader(typeof(Advice).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"{Name} is not embedded"));
        return FactTable.Parse(Name, reader.ReadToEnd(), null);
    }

    private static IEnumerable<string> Effects(string name) => Table.OutcomesOf(name).SelectMany(static outcome => outcome.Effects);
}
