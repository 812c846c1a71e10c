using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Rules.References;

namespace Review.Rules.Gup;

/// <summary>A level of page tables at which NUMA balancing marks entries as inaccessible, and how functions deal with entries of it.</summary>
/// <param name="Type">The type of an entry.</param>
/// <param name="Test">The function that asks for the mark.</param>
/// <param name="Pages">Functions and macros that lead from an entry to its page.</param>
internal sealed record EntryLevel(string Type, string Test, string[] Pages)
{
    public static readonly EntryLevel[] All =
    [
        new("pte_t", "pte_protnone", ["pte_page", "vm_normal_page", "vm_normal_folio"]),
        new("pmd_t", "pmd_protnone", ["pmd_page", "vm_normal_page_pmd", "vm_normal_folio_pmd"]),
    ];

    /// <summary>True if a function gets from an entry of this level to a page.</summary>
    public bool LeadsToPage(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Macros.Any(macro => Pages.Contains(macro.Name, StringComparer.Ordinal)) || Calls(function).Any(call => Pages.Contains(call.Function!.Name, StringComparer.Ordinal));
    }

    /// <summary>True if the entry comes from the caller, who may have asked.</summary>
    public bool IsHandedIn(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Parameters.Any(parameter => parameter.Type.Spelling == Type);
    }

    /// <summary>True if a function is named after the level, and makes a number of an entry of it that it gets.</summary>
    public bool IsAboutEntry(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Name.Split('_').Contains(Type[..^2], StringComparer.Ordinal) && IsHandedIn(function) && function.Symbol.Signature?.Result.Canonical is IntegerType { IsBool: false };
    }

    /// <summary>What a function of this level would be called at another one.</summary>
    public string NameAt(string function, EntryLevel other)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(other);
        return string.Join('_', function.Split('_').Select(word => word == Type[..^2] ? other.Type[..^2] : word));
    }

    /// <summary>The calls of a function that a path reaches without having asked for the mark; a function of the file that asks counts, and so does the question whether these flags may follow a marked entry.</summary>
    public IEnumerable<CallExpression> ReachedUnasked(FunctionDefinition function, IReadOnlySet<string> askers, Func<CallExpression, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(function);
        var asking = new HashSet<Node>();
        foreach (var call in Calls(function).Where(call => call.Function!.Name is "gup_can_follow_protnone" || call.Function.Name == Test || askers.Contains(call.Function.Name)))
        {
            // "may not follow && marked" asks as well where its first half already says no.
            Node whole = call.Ancestors().TakeWhile(static outer => outer is Expression).LastOrDefault() ?? call;
            asking.UnionWith(AsksForOthersToo(whole) || IsOfSome(call) || IsSecondHalfOfSome(call) ? call.DescendantsAndSelf() : whole.DescendantsAndSelf());
        }

        var graph = ControlFlowGraph.Create(function);
        var seen = new HashSet<BasicBlock> { graph.Entry };
        var work = new Stack<BasicBlock>(seen);
        while (work.TryPop(out var block))
        {
            var hasAsked = false;
            foreach (var node in block.Nodes)
            {
                hasAsked |= asking.Contains(node);
                if (!hasAsked && node is CallExpression call && isWanted(call))
                {
                    yield return call;
                }
            }

            foreach (var edge in hasAsked ? [] : block.Successors)
            {
                if (seen.Add(edge.To))
                {
                    work.Push(edge.To);
                }
            }
        }
    }

    /// <summary>True for a condition that goes by FOLL_ flags which have nothing to do with the mark: who comes without them is not asked.</summary>
    private static bool AsksForOthersToo(Node condition) => condition.DescendantsAndSelf<BinaryExpression>()
        .Any(static mask => mask is { Operator: BinaryOperator.BitwiseAnd, Right: var bits } && FlagWord.NamesIn(bits).ToList() is { Count: > 0 } names
            && names.TrueForAll(static name => name.StartsWith("FOLL_", StringComparison.Ordinal) && !name.Contains("NUMA", StringComparison.Ordinal)));

    /// <summary>True for a question that only entries of some kind come to: <c>pmd_devmap(pmd) &amp;&amp; pmd_protnone(pmd)</c>.</summary>
    private bool IsOfSome(CallExpression question)
    {
        Node child = question;
        foreach (var outer in question.Ancestors().TakeWhile(static outer => outer is Expression))
        {
            if (outer is BinaryExpression { Operator: BinaryOperator.LogicalAnd } both && both.Right == child && both.Left.Unwrapped is CallExpression { Function.Name: var first } && first != Test && first.StartsWith(Type[..^1], StringComparison.Ordinal))
            {
                return true;
            }

            child = outer;
        }

        return false;
    }

    /// <summary>True where the other half of a condition is such a question: who is no entry of that kind does not come to the second half.</summary>
    private bool IsSecondHalfOfSome(CallExpression call) => call.Ancestors().TakeWhile(static outer => outer is Expression).OfType<BinaryExpression>()
        .Where(both => both.Operator == BinaryOperator.LogicalAnd && both.Right.DescendantsAndSelf().Contains(call)).Any(both => both.Left.DescendantsAndSelf<CallExpression>().Any(question => question.Function?.Name == Test && IsOfSome(question)));

    /// <summary>The functions of a file that do nothing but ask for the mark and answer: calling one is asking. Those that take references ask for themselves.</summary>
    public HashSet<string> AskersOf(TranslationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return [.. unit.Functions.Where(function => Asks(function) && !Takes(function)).Select(static function => function.Name)];
    }

    /// <summary>True if a function asks for the mark itself.</summary>
    public bool Asks(FunctionDefinition function) => Calls(function).Any(call => call.Function!.Name == Test);

    /// <summary>True if a function takes references as FOLL_ flags say.</summary>
    public static bool Takes(FunctionDefinition function) => Calls(function).Any(static call => ReferenceFacts.TakesByFlags(call.Function!.Name));

    private static IEnumerable<CallExpression> Calls(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null);
}
