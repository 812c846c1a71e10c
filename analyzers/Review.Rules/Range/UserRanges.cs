using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>
/// Which parameters of a file's functions user space decides: those of system calls, those of functions that refuse an unaligned start themselves, as
/// do_madvise() does, and those to which such functions hand theirs on without having compared them with anything.
/// </summary>
internal sealed class UserRanges
{
    private const long PageOffset = 0xfff;

    private readonly TranslationUnit unit;
    private readonly Dictionary<string, ImmutableHashSet<VariableSymbol>> controlled = [];

    public UserRanges(TranslationUnit unit)
    {
        this.unit = unit;
        var work = new Queue<FunctionDefinition>();
        foreach (var function in unit.Functions)
        {
            if (AsksForAccess(function))
            {
                controlled[function.Name] = Numbers(function);
            }

            if (IsEntry(function) && Numbers(function) is { Count: > 1 } numbers)
            {
                controlled[function.Name] = numbers;
                work.Enqueue(function);
            }
        }

        while (work.TryDequeue(out var function))
        {
            HandOn(function, work);
        }
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static UserRanges Of(AnalysisContext context) => context.Facts.Get(static unit => new UserRanges(unit));

    /// <summary>The parameters of a function that user space decides.</summary>
    public ImmutableHashSet<VariableSymbol> Controlled(FunctionDefinition function) => controlled.GetValueOrDefault(function.Name, []);

    /// <summary>
    /// True for a function that gets an address of user space from all over the kernel and asks access_ok() itself. Where user space has an address space of its own, as on s390,
    /// that always says yes: it does not replace the question whether the range wraps.
    /// </summary>
    public static bool AsksForAccess(FunctionDefinition function) =>
        !function.Name.StartsWith("__do_sys_", StringComparison.Ordinal) && Numbers(function) is { Count: > 1 } numbers
        && function.Body.DescendantsAndSelf<CallExpression>().Any(call => RangeFacts.IsCheck(call) && call.Arguments.Any(argument => Mentions(argument, numbers)));

    /// <summary>
    /// True if a call only looks at the arguments at some positions and compares them: a helper that answers whether a range is valid. A function that
    /// hands them on to somebody who works on them is none.
    /// </summary>
    public bool IsCheck(CallExpression call, IReadOnlySet<int> positions) => IsCheck(call, positions, []);

    private bool IsCheck(CallExpression call, IReadOnlySet<int> positions, HashSet<string> asked)
    {
        if (call.Function is not { } callee || callee.Signature?.Result is VoidType or null
            || unit.Find(callee.Name) is not { } function || !asked.Add(callee.Name))
        {
            return false;
        }

        var watched = Derived(function, [.. function.Parameters.Where(parameter => positions.Contains(parameter.Ordinal))]);
        var compares = false;
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            switch (node)
            {
                case BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.Greater or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual } comparison
                    when Mentions(comparison.Left, watched) && Mentions(comparison.Right, watched) && !IsLoopCondition(comparison):
                    compares = true;
                    break;
                case CallExpression { Function.Name: "__builtin_add_overflow" } builtin when builtin.Arguments.Count(argument => Mentions(argument, watched)) > 1:
                    compares = true;
                    break;
                case CallExpression inner when inner.Unwrapped == inner && Positions(inner, watched) is { Count: > 1 } handed && !RangeFacts.IsCheck(inner):
                    if (!IsCheck(inner, handed, asked))
                    {
                        return false;
                    }

                    compares = true;
                    break;
            }
        }

        return compares;
    }

    /// <summary>True for a function that takes ranges which begin at any page.</summary>
    public bool TakesAnyPage(FunctionDefinition function) => RefusesUnaligned(function, [.. Controlled(function)], []);

    /// <summary>True for the condition of a loop over a range: it looks at the range to work on it.</summary>
    private static bool IsLoopCondition(Expression condition) => condition.Ancestors().FirstOrDefault(static outer => outer is Statement) switch
    {
        ForStatement loop => loop.Condition?.DescendantsAndSelf().Contains(condition) == true,
        WhileStatement or DoStatement => true,
        _ => false,
    };

    /// <summary>A system call, or a function of others that finds out by itself whether the start of a range in an address space is aligned.</summary>
    private bool IsEntry(FunctionDefinition function) =>
        function.Name.StartsWith("__do_sys_", StringComparison.Ordinal)
        || (!function.Symbol.IsStatic
            && function.Parameters.Any(static parameter => parameter.Type.IsPointerTo("mm_struct"))
            && !function.Parameters.Any(static parameter => parameter.Type.IsPointerTo("vm_area_struct"))
            && RefusesUnaligned(function, [.. Numbers(function)], []));

    private bool RefusesUnaligned(FunctionDefinition function, HashSet<VariableSymbol> watched, HashSet<string> asked)
    {
        foreach (var statement in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (!Leaves(statement.Then))
            {
                continue;
            }

            foreach (var node in statement.Condition.DescendantsAndSelf())
            {
                if (node is BinaryExpression { Operator: BinaryOperator.BitwiseAnd } mask
                    && ((mask.Right.Constant == PageOffset && Mentions(mask.Left, watched)) || (mask.Left.Constant == PageOffset && Mentions(mask.Right, watched))))
                {
                    return true;
                }

                if (node is CallExpression { Function: { } callee } call && unit.Find(callee.Name) is { } helper && asked.Add(helper.Name)
                    && Positions(call, watched) is { Count: > 0 } positions
                    && RefusesUnaligned(helper, [.. helper.Parameters.Where(parameter => positions.Contains(parameter.Ordinal))], asked))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Leaves(Statement statement) => statement switch
    {
        ReturnStatement or GotoStatement => true,
        BlockStatement { Statements: [.., var last] } => Leaves(last),
        _ => false,
    };

    private void HandOn(FunctionDefinition function, Queue<FunctionDefinition> work)
    {
        var own = controlled[function.Name];
        var derived = Derived(function, [.. own]);
        var compared = Compared(function, derived);
        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>())
        {
            if (call.Function is not { IsStatic: true } callee || unit.Find(callee.Name) is not { } helper)
            {
                continue;
            }

            var handed = Numbers(helper).Where(parameter => parameter.Ordinal < call.Arguments.Length
                && Mentions(call.Arguments[parameter.Ordinal], derived) && !Mentions(call.Arguments[parameter.Ordinal], compared)).ToImmutableHashSet();
            var known = Controlled(helper);
            if (handed.Count > 1 && !handed.IsSubsetOf(known))
            {
                controlled[helper.Name] = known.Union(handed);
                work.Enqueue(helper);
            }
        }
    }

    /// <summary>The variables that a function compares with something, itself or in a helper.</summary>
    private HashSet<VariableSymbol> Compared(FunctionDefinition function, HashSet<VariableSymbol> derived)
    {
        var compared = new HashSet<VariableSymbol>();
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            switch (node)
            {
                case BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.Greater or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual } comparison:
                    compared.UnionWith(VariablesIn(comparison));
                    break;
                case CallExpression call when Positions(call, derived) is { Count: > 0 } positions && IsCheck(call, positions):
                    compared.UnionWith(VariablesIn(call));
                    break;
                case CallExpression { Function.Name: "__builtin_add_overflow" } builtin:
                    compared.UnionWith(VariablesIn(builtin));
                    break;
            }
        }

        return compared;
    }

    /// <summary>Parameters as wide as an address.</summary>
    private static ImmutableHashSet<VariableSymbol> Numbers(FunctionDefinition function) =>
        [.. function.Parameters.Where(static parameter => parameter.Type.Canonical is IntegerType { IsSigned: false, Size: 8 })];

    /// <summary>The variables, and those locals that are computed from them.</summary>
    private static HashSet<VariableSymbol> Derived(FunctionDefinition function, HashSet<VariableSymbol> from)
    {
        for (var count = -1; count != from.Count;)
        {
            count = from.Count;
            foreach (var node in function.Body.DescendantsAndSelf())
            {
                switch (node)
                {
                    case LocalDeclaration { Initializer: { } initializer } declaration when declaration.Symbol.Type.Canonical is IntegerType && Mentions(initializer, from):
                        _ = from.Add(declaration.Symbol);
                        break;
                    case AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } target } } assignment
                        when target.Type.Canonical is IntegerType && assignment.Value.Unwrapped is not CallExpression && Mentions(assignment.Value, from):
                        _ = from.Add(target);
                        break;
                }
            }
        }

        return from;
    }

    private static HashSet<int> Positions(CallExpression call, HashSet<VariableSymbol> variables) =>
        [.. Enumerable.Range(0, call.Arguments.Length).Where(i => Mentions(call.Arguments[i], variables))];

    private static bool Mentions(Expression expression, IReadOnlySet<VariableSymbol> variables) => VariablesIn(expression).Any(variables.Contains);

    private static IEnumerable<VariableSymbol> VariablesIn(Expression expression) =>
        expression.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>();
}
