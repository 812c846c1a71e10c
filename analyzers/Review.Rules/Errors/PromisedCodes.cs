using System.Globalization;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Errors;

/// <summary>
/// The functions of a file that work for system calls whose man pages promise one code for one thing: for addresses that are not mapped, as madvise(2), mprotect(2), mlock(2),
/// mincore(2) and msync(2) do, and for a caller who lacks a capability.
/// </summary>
internal sealed class PromisedCodes
{
    private const string Unmapped = "unmapped means ";
    private const string Unprivileged = "unprivileged means ";

    private readonly Dictionary<string, int> unmapped;
    private readonly Dictionary<string, int> unprivileged;

    public PromisedCodes(TranslationUnit unit, FactTable table)
    {
        var bodies = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Name, StringComparer.Ordinal);
        unmapped = Promised(bodies, table, Unmapped);
        unprivileged = Promised(bodies, table, Unprivileged);
    }

    /// <summary>The code that a function has to give for an address that is not mapped; null if no such system call needs it.</summary>
    public int? ForUnmapped(string function) => unmapped.TryGetValue(function, out var code) ? code : null;

    /// <summary>The code that a function has to give to a caller without a capability; null if no such system call needs it.</summary>
    public int? ForUnprivileged(string function) => unprivileged.TryGetValue(function, out var code) ? code : null;

    private static Dictionary<string, int> Promised(Dictionary<string, FunctionDefinition> bodies, FactTable table, string promise)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var root in bodies.Keys)
        {
            var code = table.OutcomesOf(root).SelectMany(static outcome => outcome.Effects).Where(effect => effect.StartsWith(promise, StringComparison.Ordinal)).Select(effect => effect[promise.Length..]).FirstOrDefault();
            if (code is not null)
            {
                Spread(bodies, root, int.Parse(code, CultureInfo.InvariantCulture), codes);
            }
        }

        return codes;
    }

    /// <summary>What a function calls, or hands on to be called, works for the same system call.</summary>
    private static void Spread(Dictionary<string, FunctionDefinition> bodies, string root, int code, Dictionary<string, int> codes)
    {
        var work = new Stack<string>([root]);
        while (work.TryPop(out var name))
        {
            if (bodies.TryGetValue(name, out var body) && codes.TryAdd(name, code))
            {
                foreach (var used in body.Body.DescendantsAndSelf<NameExpression>().Select(static use => use.Symbol).OfType<FunctionSymbol>())
                {
                    work.Push(used.Name);
                }
            }
        }
    }
}
