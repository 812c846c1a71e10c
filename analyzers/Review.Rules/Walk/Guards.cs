using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Rules.Locking;

namespace Review.Rules.Walk;

/// <summary>The questions of a function whose wrong answer makes it leave: <c>if (!can_do_it(vma)) return -EINVAL;</c>.</summary>
internal sealed class Guards
{
    /// <summary>Name of the question what the flags are.</summary>
    public const string Flags = "vm_flags";

    /// <summary>Name of the question whether the range is empty.</summary>
    public const string Length = "whether anything is left";

    private readonly Dictionary<Node, string> questions = [];

    /// <param name="function">The function.</param>
    /// <param name="readings">What the functions of its file look at.</param>
    /// <param name="facts">What they do to mmap_lock: whoever drops it works on the VMA, and asks nothing of it.</param>
    public Guards(FunctionDefinition function, RangeReading readings, FunctionFacts facts)
    {
        foreach (var @if in function.Body.DescendantsAndSelf<IfStatement>().Where(static @if => Leaves(@if.Then) || (@if.Else is not null && Leaves(@if.Else))))
        {
            foreach (var node in @if.Condition.DescendantsAndSelf())
            {
                if (NameOf(node, readings) is { } name && !(readings.BodyOf(name) is { } body ? facts.EffectsWithin(body).Contains(MmapLockFacts.Drops) : facts.OutcomesOf(name).Any(static outcome => outcome.Has(MmapLockFacts.Drops))))
                {
                    questions[node] = name;
                }
            }
        }
    }

    /// <summary>The question that a node asks, if it is a guard; else null.</summary>
    public string? this[Node node] => questions.GetValueOrDefault(node);

    private static string? NameOf(Node node, RangeReading readings) => node switch
    {
        CallExpression { Function: { } function } call when call.Type.Canonical is IntegerType { IsBool: var isBool }
            && ((isBool && call.Arguments.Any(static argument => argument.Type.IsPointerTo("vm_area_struct"))) || readings.Checks(function.Name, RangeReading.AnyVma, Flags)) => function.Name,
        MemberExpression { Field: { Record: "vm_area_struct", Name: Flags } } => Flags,
        BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual } comparison when IsBound(comparison.Left) && IsBound(comparison.Right) => Length,
        _ => null,
    };

    private static bool IsBound(Expression expression) =>
        expression.Type.Canonical is IntegerType { Size: 8, IsSigned: false } && expression.Unwrapped is NameExpression { Symbol: VariableSymbol } or MemberExpression { Field.Record: not "vm_area_struct" };

    private static bool Leaves(Statement statement) => statement switch
    {
        BlockStatement block => block.Statements is [.., var last] && Leaves(last),
        LabelStatement label => Leaves(label.Body),
        ReturnStatement or GotoStatement or BreakStatement or ContinueStatement => true,
        _ => false,
    };
}
