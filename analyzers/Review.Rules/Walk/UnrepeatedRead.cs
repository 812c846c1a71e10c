using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>What a function reads without a lock has to be read again behind the work that relies on it: a sequence count, and the folio of a page to which no reference was held.</summary>
internal static class UnrepeatedRead
{
    private static readonly HashSet<string> Begins = ["raw_read_seqcount", "raw_read_seqcount_begin", "read_seqcount_begin", "__read_seqcount_begin", "raw_seqcount_begin", "read_seqbegin"];
    private static readonly HashSet<string> Retries = ["read_seqcount_retry", "__read_seqcount_retry", "read_seqretry"];
    private static readonly HashSet<string> Tries = ["folio_ref_try_add_rcu", "folio_try_get", "folio_try_get_rcu"];

    /// <summary>The sequence counts that a function reads into a variable of its own, and never compares with what they are then.</summary>
    public static IEnumerable<(Node At, VariableSymbol Count)> CountsIn(FunctionDefinition function)
    {
        if (function.Macros.Any(static macro => Retries.Contains(macro.Name)) || Calls(function).Any(static call => Retries.Contains(call.Function!.Name)))
        {
            yield break;
        }

        foreach (var node in function.Body.DescendantsAndSelf())
        {
            var (count, value) = node switch
            {
                LocalDeclaration { Initializer: { } initializer } declaration => (declaration.Symbol, initializer),
                AssignmentExpression { Compound: null, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true, Kind: VariableKind.Local } variable } } assignment => (variable, assignment.Value),
                _ => ((VariableSymbol?)null, (Expression?)null),
            };
            // The macro that reads it has a variable of its own.
            if (node.Origin.IsInFile && count is { Type.Canonical: IntegerType, Kind: VariableKind.Local } && IsBegun(value!) && !GoesElsewhere(function, count))
            {
                yield return (node, count);
            }
        }
    }

    /// <summary>
    /// The references that a function takes to the folio in which a page was found, and returns, without a second look whether the page is still in it: between the two the folio may have been split, or freed and used anew.
    /// </summary>
    public static IEnumerable<(CallExpression Try, VariableSymbol Folio, string Page)> FoliosIn(FunctionDefinition function)
    {
        foreach (var @try in Calls(function).Where(static call => Tries.Contains(call.Function!.Name)))
        {
            if (@try.Arguments is [{ Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } folio } }, ..]
                && function.Body.DescendantsAndSelf<ReturnStatement>().Any(@return => @return.Value?.Unwrapped is NameExpression given && given.Symbol == folio)
                && ValuesOf(function, folio).ToList() is [{ } value] && FoundFrom(value) is { } page
                && function.Macros.Count(macro => macro.Name == "page_folio" && macro.Arguments.Length == 1 && macro.Arguments[0].Text.Trim() == page) == 1)
            {
                yield return (@try, folio, page);
            }
        }
    }

    private static IEnumerable<CallExpression> Calls(FunctionDefinition function) => function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null);

    private static bool IsBegun(Expression value) =>
        value.DescendantsAndSelf().Any(static part => part.Origin.Invocation is { } macro && Begins.Contains(macro.Name)) || (value.Unwrapped is CallExpression { Function: { } callee } && Begins.Contains(callee.Name));

    /// <summary>True if the count is returned, stored or handed over: somebody else may look.</summary>
    private static bool GoesElsewhere(FunctionDefinition function, VariableSymbol count) => function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == count
        && name.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is CallExpression or ReturnStatement or UnaryExpression { Operator: UnaryOperator.AddressOf } or AssignmentExpression { Target: not NameExpression { Symbol: VariableSymbol { IsAutomatic: true } } });

    private static IEnumerable<Expression> ValuesOf(FunctionDefinition function, VariableSymbol variable) => function.Body.DescendantsAndSelf().Select(node => node switch
    {
        LocalDeclaration declaration when declaration.Symbol == variable => declaration.Initializer,
        AssignmentExpression { Target: NameExpression name } assignment when name.Symbol == variable => assignment.Value,
        _ => null,
    }).OfType<Expression>();

    /// <summary>The page, as it is spelled, whose folio a value is.</summary>
    private static string? FoundFrom(Expression value) =>
        value.DescendantsAndSelf().Select(static part => part.Origin.Invocation).FirstOrDefault(static macro => macro is { Name: "page_folio", Arguments.Length: 1 })?.Arguments[0].Text.Trim();
}
