using System.Collections.Immutable;

namespace Review.Tables.Lookups;

/// <summary>A C file that decides about advice, for one choice of options.</summary>
public sealed class LookupFile
{
    private readonly string path;
    private readonly CFile file;
    private readonly AdviceParameters parameters;
    private readonly IReadOnlyDictionary<string, long> constants;
    private readonly Func<string, bool> isDefined;
    private readonly Dictionary<int, LookupEvaluator> evaluators = [];
    private readonly Dictionary<string, Answers?> known = new(StringComparer.Ordinal);
    private readonly Lazy<ImmutableArray<string>> decisions;

    internal LookupFile(string path, CFile file, AdviceParameters whole, IReadOnlyDictionary<string, long> constants, Func<string, bool> isDefined)
    {
        this.path = path;
        this.file = file;
        this.constants = constants;
        this.isDefined = isDefined;
        parameters = new AdviceParameters(file, whole);
        decisions = new Lazy<ImmutableArray<string>>(FindDecisions);
    }

    /// <summary>
    /// The decisions that depend on the advice alone: functions, and the members of what lookup functions and arrays give (<c>madvise_info.valid</c>).
    /// </summary>
    public ImmutableArray<string> Decisions() => decisions.Value;

    /// <summary>True if the file has a function of a name that is given an advice, or an array that is indexed by it.</summary>
    public bool Has(string name) => file.Functions.ContainsKey(name) || IsArray(name);

    /// <summary>The number of an enumerator of the file; null if it has none.</summary>
    public long? NumberOf(string enumerator) => file.Enumerators.GetValueOrDefault(enumerator);

    /// <summary>True if a structure of the file has a member of a name.</summary>
    public bool HasMember(string name) => file.Members.Contains(name);

    /// <summary>True if a decision is a look into an array.</summary>
    public bool IsArray(string name) => parameters.Tables.Contains(name) && file.Variables.ContainsKey(name) && !file.Functions.ContainsKey(name);

    /// <summary>What a decision answers for every number; null if that depends on more than the number, or there is no such decision.</summary>
    /// <exception cref="LookupException">An advice that it names has no value.</exception>
    public Answers? AnswersOf(string decision)
    {
        if (!known.TryGetValue(decision, out var answers))
        {
            known[decision] = answers = Compute(decision);
        }

        return answers;
    }

    /// <summary>
    /// The decision that is asked before another one wherever that is called, and whose refusal ends the function that calls it; null if there is none. It need
    /// not be asked right before: every statement before the call in the same block, or in one around it, counts.
    /// </summary>
    public string? AskedBefore(string decision)
    {
        var callers = file.Functions.Values.Where(function => Calls(function.Body, decision).Any()).ToList();
        var gates = callers.Select(caller => GatesBefore(caller.Body, decision)).ToList();
        return gates.Count == 0 ? null : gates.Aggregate(static (all, some) => [.. all.Intersect(some, StringComparer.Ordinal)]).FirstOrDefault();
    }

    /// <summary>The canonical text of a constant as the file means it: numbers in decimal, enumerators and error codes by their names.</summary>
    public string Constant(string text) => new CParser(CTokens.Read(text)).ParseExpression() is { } expression
        ? Text(new LookupEvaluator(file, parameters, constants, isDefined, 0).Constant(expression)) ?? text : text;

    /// <summary>Where a function stands, and what it switches on; null if there is no such function.</summary>
    public FunctionPlace? PlaceOf(string function) => file.Functions.TryGetValue(function, out var found)
        ? new FunctionPlace(function, found.Start, found.NameStart, found.BodyStart, found.End, SubjectOf(found) ?? "") : null;

    private static string? SubjectOf(CFunction function) => AdviceParameters.Walk(function.Body).OfType<CSwitch>().Select(static @switch => TextOf(@switch.Subject)).FirstOrDefault()
        ?? AdviceParameters.Walk(function.Body).SelectMany(AdviceParameters.ExpressionsOf).OfType<CIndex>().Select(static index => TextOf(index.Index)).FirstOrDefault();

    private static string? TextOf(CExpression subject) => subject switch
    {
        CName name => name.Name,
        CUnary { Operator: "*" } pointer => TextOf(pointer.Operand) is { } operand ? "*" + operand : null,
        CMember { IsArrow: true, Target: CName target } member => $"{target.Name}->{member.Field}",
        CMember { Target: CName target } member => $"{target.Name}.{member.Field}",
        _ => null,
    };

    /// <summary>What the code that asks a decision does with the answer.</summary>
    public DecisionRole RoleOf(string decision)
    {
        var callers = file.Functions.Values.Where(function => Calls(function.Body, decision).Any()).ToList();
        var called = callers.SelectMany(caller => AdviceParameters.Walk(caller.Body).SelectMany(AdviceParameters.ExpressionsOf).OfType<CCall>()).Select(static call => (call.Function as CName)?.Name ?? "").ToHashSet(StringComparer.Ordinal);
        var refuses = callers.Where(caller => AdviceParameters.Walk(caller.Body).OfType<CIf>()
            .Any(@if => AdviceParameters.Walk(@if.Then).LastOrDefault() is not CReturn { Value: CName { Name: "true" } or CNumberLiteral { Value: not 0 } } && Conjuncts(@if.Condition).SelectMany(Refusing).Contains(decision))).ToList();
        var guarded = callers.SelectMany(caller => AdviceParameters.Walk(caller.Body).OfType<CIf>()).Where(@if => @if.Condition.DescendantsAndSelf().Any(expression => expression is CCall { Function: CName name } && name.Name == decision))
            .SelectMany(static @if => AdviceParameters.Walk(@if.Then)).SelectMany(AdviceParameters.ExpressionsOf).OfType<CCall>().Select(static call => (call.Function as CName)?.Name ?? "").ToList();
        return refuses.Count > 0 && called.Contains("mm_access") ? DecisionRole.Remote
            : refuses.Count > 0 && !guarded.Contains("tlb_gather_mmu") && IsAskedFirst(refuses, decision) ? DecisionRole.Valid
            : guarded.Contains("tlb_gather_mmu") ? DecisionRole.TlbBatching
            : called.Any(static name => name.StartsWith("mmap_write_lock", StringComparison.Ordinal)) && called.Any(static name => name.StartsWith("mmap_read_lock", StringComparison.Ordinal)) ? DecisionRole.Lock
            : DecisionRole.Other;
    }

    /// <summary>True if what asks a decision for refusal asks it before it does anything else with the advice.</summary>
    private bool IsAskedFirst(List<CFunction> callers, string decision) => callers.TrueForAll(caller => AdviceParameters.Walk(caller.Body).SelectMany(AdviceParameters.ExpressionsOf).OfType<CCall>()
        .Select(static call => (call.Function as CName)?.Name ?? "").FirstOrDefault(name => file.Functions.TryGetValue(name, out var callee) && callee.Parameters.Any(parameter => parameters.Contains(name, parameter.Name))) == decision);

    private static IEnumerable<CExpression> Conjuncts(CExpression condition) =>
        condition is CBinary { Operator: "&&" } and ? Conjuncts(and.Left).Concat(Conjuncts(and.Right)) : [condition];

    /// <summary>The answer of a lock decision that leads to the write lock; null if the code does not branch on it.</summary>
    public bool? TrueMeansWrite(string decision)
    {
        foreach (var caller in file.Functions.Values.Where(function => Calls(function.Body, decision).Any()))
        {
            var results = AdviceParameters.Walk(caller.Body).SelectMany(AdviceParameters.ExpressionsOf).OfType<CAssignment>().Where(assignment => assignment.Value is CCall { Function: CName name } && name.Name == decision).Select(static assignment => (assignment.Target as CName)?.Name)
                .Concat(AdviceParameters.Walk(caller.Body).OfType<CDeclaration>().Where(declaration => declaration.Initializer is CCall { Function: CName name } && name.Name == decision).Select(static declaration => (string?)declaration.Name)).OfType<string>().ToHashSet(StringComparer.Ordinal);
            foreach (var @if in AdviceParameters.Walk(caller.Body).OfType<CIf>())
            {
                var isNegated = @if.Condition is CUnary { Operator: "!" };
                var asked = @if.Condition is CUnary { Operator: "!" } not ? not.Operand : @if.Condition;
                if ((asked is CName variable && results.Contains(variable.Name)) || (asked is CCall { Function: CName name } && name.Name == decision))
                {
                    var then = AdviceParameters.Walk(@if.Then).SelectMany(AdviceParameters.ExpressionsOf).OfType<CCall>().Select(static call => (call.Function as CName)?.Name ?? "").FirstOrDefault(static called => called.StartsWith("mmap_", StringComparison.Ordinal));
                    if (then is not null)
                    {
                        return then.StartsWith("mmap_write", StringComparison.Ordinal) != isNegated;
                    }
                }
            }
        }

        return null;
    }

    private static IEnumerable<CCall> Calls(CStatement statement, string function) =>
        AdviceParameters.Walk(statement).SelectMany(AdviceParameters.ExpressionsOf).OfType<CCall>().Where(call => call.Function is CName name && name.Name == function);

    private List<string> GatesBefore(CStatement statement, string decision)
    {
        if (statement is not CBlock block)
        {
            return [.. (statement switch { CIf @if => new[] { @if.Then, @if.Else }, CLoop loop => [loop.Body], CSwitch @switch => [@switch.Body], _ => [] })
                .OfType<CStatement>().Where(inner => Calls(inner, decision).Any()).SelectMany(inner => GatesBefore(inner, decision))];
        }

        var gates = new List<string>();
        foreach (var inner in block.Statements)
        {
            if (Calls(inner, decision).Any())
            {
                gates.AddRange(GatesBefore(inner, decision));
                break;
            }

            if (inner is CIf { Else: null } @if && AdviceParameters.Walk(@if.Then).LastOrDefault() is CReturn or CJump { Word: "goto" })
            {
                gates.AddRange(Refusing(@if.Condition).Where(file.Functions.ContainsKey));
            }
        }

        return gates;
    }

    /// <summary>The functions whose zero makes a condition true.</summary>
    private static IEnumerable<string> Refusing(CExpression condition) => condition switch
    {
        CBinary { Operator: "||" } or => Refusing(or.Left).Concat(Refusing(or.Right)),
        CUnary { Operator: "!", Operand: CCall { Function: CName name } } => [name.Name],
        _ => [],
    };

    private ImmutableArray<string> FindDecisions() =>
    [
        .. file.Functions.Values.Where(function => function.Parameters.Any(parameter => parameters.Contains(function.Name, parameter.Name))).Select(static function => function.Name)
            .Concat(parameters.Tables).SelectMany(name => FieldsOf(name) is { Count: > 0 } fields ? fields.Select(field => $"{name}.{field}") : [name])
            .Where(decision => AnswersOf(decision) is { Ranges.Length: > 1 }),
    ];

    private Answers? Compute(string decision)
    {
        var parts = decision.Split('.', 2);
        if (!Has(parts[0]))
        {
            return null;
        }

        var starts = StartsOf(parts[0]);
        return Answers.Of(starts, value =>
        {
            var evaluator = EvaluatorOf(value);
            var answer = IsArray(parts[0]) ? evaluator.Element(file.Variables[parts[0]], new CInteger(value, IsAdvice: true)) : evaluator.Run(parts[0]);
            return Text(parts.Length == 2 && answer is CRecord record ? evaluator.Member(record, parts[1]) : answer);
        });
    }

    private LookupEvaluator EvaluatorOf(int value) =>
        evaluators.TryGetValue(value, out var evaluator) ? evaluator : evaluators[value] = new LookupEvaluator(file, parameters, constants, isDefined, value);

    private static string? Text(CValue value) => value switch
    {
        CInteger { IsAdvice: false } number => number.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        CSymbol symbol => symbol.Name,
        CUndefined => Answers.Undefined,
        _ => null,
    };

    /// <summary>The members of the records that a lookup gives; empty if it gives none.</summary>
    private List<string> FieldsOf(string name)
    {
        var code = Reachable(name);
        var isRecord = IsArray(name) || AnswerKind(name) is CRecord;
        return isRecord ? [.. code.OfType<CList>().SelectMany(static list => list.Elements).Select(static element => element.Field).OfType<string>().Distinct(StringComparer.Ordinal)] : [];
    }

    private CValue AnswerKind(string name) => constants.Values.Where(static value => value is >= 0 and <= int.MaxValue).Prepend(-1).Select(value => EvaluatorOf((int)value).Run(name)).FirstOrDefault(static value => value is CRecord) ?? CUnknown.Instance;

    /// <summary>The numbers where an answer may change: those that the code compares with, and the ones behind them.</summary>
    private SortedSet<long> StartsOf(string name)
    {
        var starts = new SortedSet<long>();
        foreach (var expression in Reachable(name))
        {
            var number = expression switch
            {
                CNumberLiteral literal => literal.Value,
                CName word when constants.TryGetValue(word.Name, out var value) => value,
                CName word when Review.Tables.Decisions.Advice.IsName(word.Name) && !Review.Tables.Decisions.Advice.IsInternal(word.Name) =>
                    throw new LookupException($"{path}: {word.Name} has no value", "name the tree whose headers give it with --kernel, or define it in the file"),
                CName word when file.Variables.GetValueOrDefault(word.Name) is { IsArray: true } array => EvaluatorOf(0).SizeOf(array),
                CBinary binary => EvaluatorOf(0).Constant(binary) is CInteger { IsAdvice: false } sum ? sum.Number : null,
                _ => (long?)null,
            };
            if (number is { } known)
            {
                starts.UnionWith([known, known + 1]);
            }
        }

        return starts;
    }

    /// <summary>The expressions of a function or variable, and of those that it names.</summary>
    private List<CExpression> Reachable(string name)
    {
        var found = new List<CExpression>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        var work = new Queue<string>(seen);
        while (work.TryDequeue(out var current))
        {
            IEnumerable<CExpression> code = file.Functions.TryGetValue(current, out var function)
                ? AdviceParameters.Walk(function.Body).SelectMany(statement => AdviceParameters.ExpressionsOf(statement).Concat(statement is CCase { High: { } high } ? high.DescendantsAndSelf() : []))
                : file.Variables.TryGetValue(current, out var variable) ? variable.Value.DescendantsAndSelf().Concat(variable.Size?.DescendantsAndSelf() ?? []) : [];
            foreach (var expression in code)
            {
                found.Add(expression);
                if (expression is CName word && seen.Add(word.Name))
                {
                    work.Enqueue(word.Name);
                }
            }
        }

        return found;
    }
}

/// <summary>What an answer about an advice is used for.</summary>
public enum DecisionRole
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Numbers that it refuses are no advice.</summary>
    Valid,

    /// <summary>It says what may be done to another process.</summary>
    Remote,

    /// <summary>It says which lock is taken.</summary>
    Lock,

    /// <summary>It says whether TLB flushes are gathered.</summary>
    TlbBatching,
}

/// <summary>Where a function stands in its file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">The offset of its first word.</param>
/// <param name="NameStart">The offset of its name.</param>
/// <param name="BodyStart">The offset of its opening brace.</param>
/// <param name="End">The offset behind its closing brace.</param>
/// <param name="Advice">The expression that it switches on; empty if there is none.</param>
public sealed record FunctionPlace(string Name, int Start, int NameStart, int BodyStart, int End, string Advice);
