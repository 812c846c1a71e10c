using Review.Core.Syntax;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>Who calls what in one file: by which functions, that others can call, does one come to a function of its own?</summary>
internal sealed class CallersInFile
{
    private readonly Dictionary<string, FunctionDefinition> definitions;
    private readonly ILookup<string, string> callers;
    private readonly ILookup<string, string> callees;

    /// <summary>Reads the calls of a file. A function whose address is taken counts as called there.</summary>
    public CallersInFile(ProgramCode program)
    {
        definitions = program.Unit.Functions.GroupBy(static function => function.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
        var edges = program.Unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<NameExpression>()
            .Where(static name => name.Symbol is FunctionSymbol).Select(name => (Callee: name.Symbol.Name, Caller: function.Name))).Distinct().ToList();
        callers = edges.ToLookup(static edge => edge.Callee, static edge => edge.Caller, StringComparer.Ordinal);
        callees = edges.ToLookup(static edge => edge.Caller, static edge => edge.Callee, StringComparer.Ordinal);
    }

    /// <summary>
    /// The functions that others can call and that lead to a function through static ones, the nearest first, then in the order of the file; the function alone if it is one of them.
    /// </summary>
    public IReadOnlyList<string> EntriesTo(string function)
    {
        var entries = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { function };
        List<string> nearest = definitions.ContainsKey(function) ? [function] : [];
        while (nearest.Count > 0)
        {
            entries.AddRange(nearest.Where(name => IsEntry(definitions[name])));
            nearest = [.. nearest.Where(name => !IsEntry(definitions[name])).SelectMany(name => callers[name]).Where(seen.Add).OrderBy(name => definitions[name].Span.Start)];
        }

        return entries;
    }

    /// <summary>A function of the file and the functions of the file that a run of it enters: not what only bound ones lead to.</summary>
    public IEnumerable<FunctionDefinition> From(string entry)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { entry };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var name))
        {
            if (definitions.TryGetValue(name, out var definition))
            {
                yield return definition;
                foreach (var callee in callees[name].Where(static callee => !KernelTable.Binds(callee)).Where(seen.Add))
                {
                    open.Enqueue(callee);
                }
            }
        }
    }

    // The body of a system call is static in C, and is called by everybody.
    private static bool IsEntry(FunctionDefinition function) => !function.Symbol.IsStatic || SystemCallName.Of(function.Name) != function.Name;
}
