using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// What the functions of a file look at in the VMAs they get, directly or further down, headers included. So a check that was moved into a helper is still a check.
/// </summary>
internal sealed class RangeReading
{
    /// <summary>Stands for all VMAs of a function, where it looks them up itself.</summary>
    public const int AnyVma = -1;

    private const string Vma = "vm_area_struct";

    private readonly TranslationUnit unit;
    private readonly UnitFacts facts;
    private readonly FactMemo<(string Function, int Parameter), (HashSet<string> Fields, HashSet<string> Callees)> readings = new();

    private RangeReading(TranslationUnit unit, UnitFacts facts) => (this.unit, this.facts) = (unit, facts);

    /// <summary>The readings of the file that is being analysed.</summary>
    public static RangeReading Of(AnalysisContext context) => context.Facts.Get(static (unit, facts) => new RangeReading(unit, facts));

    /// <summary>The function's body, if this file or a header of it has one.</summary>
    public FunctionDefinition? BodyOf(string function) => unit.Find(function, inHeaders: true);

    /// <summary>True if a function, or one to which it hands the VMA on, compares a member of the VMA with something.</summary>
    /// <param name="function">The function.</param>
    /// <param name="parameter">The parameter that is the VMA, or a record that holds it; <see cref="AnyVma"/> for all VMAs of the function.</param>
    /// <param name="field">The member.</param>
    public bool Checks(string function, int parameter, string field) =>
        facts.Ask(this, (function, parameter, field), static (reading, it) => reading.ReadingOf(it.function, it.parameter).Fields.Contains(it.field));

    /// <summary>The functions of this file and its headers to which a function hands the VMA on, directly or further down, and it itself.</summary>
    public IEnumerable<FunctionDefinition> BodiesBelow(string function, int parameter) =>
        ReadingOf(function, parameter).Callees.Select(BodyOf).OfType<FunctionDefinition>();

    /// <summary>True if a function hands the VMA on to another one, directly or further down, or is that one.</summary>
    public bool Calls(string function, int parameter, string callee) => function == callee
        || facts.Ask(this, (function, parameter, callee), static (reading, it) => reading.ReadingOf(it.function, it.parameter).Callees.Contains(it.callee));

    /// <summary>True if a function asks for NULL before it uses a parameter, or does not look behind it at all, nor does anybody to whom it hands it on.</summary>
    public bool TakesNull(string function, int parameter) => AsksForNull(function, parameter)
        || facts.Ask(this, (function, parameter), static (reading, it) => reading.NeverLooks(it.function, it.parameter, []));

    /// <summary>True if a function, or one to which it hands a parameter on, asks whether the parameter is NULL.</summary>
    public bool AsksForNull(string function, int parameter) => facts.Ask(this, (function, parameter), static (reading, it) => reading.Asks(it.function, it.parameter, []));

    private bool Asks(string function, int parameter, HashSet<(string Function, int Parameter)> asked) =>
        asked.Add((function, parameter)) && UsesOf(function, parameter) is { } uses
        && uses.Exists(use => IsTruth(use) || (ReceiverOf(use) is var (callee, position) && Asks(callee, position, asked)));

    private bool NeverLooks(string function, int parameter, HashSet<(string Function, int Parameter)> asked) =>
        !asked.Add((function, parameter)) || (UsesOf(function, parameter) is { } uses && uses.TrueForAll(use => Around(use) switch
        {
            MemberExpression => false,
            CallExpression => ReceiverOf(use) is var (callee, position) && (Asks(callee, position, []) || NeverLooks(callee, position, asked)),
            _ => true,
        }));

    /// <summary>Where a function names a parameter; null if nobody here has its body.</summary>
    private List<NameExpression>? UsesOf(string function, int parameter) =>
        BodyOf(function) is { } body && parameter < body.Parameters.Length
            ? [.. body.Body.DescendantsAndSelf<NameExpression>().Where(name => name.Symbol == body.Parameters[parameter])] : null;

    private static Node? Around(NameExpression name) => name.Ancestors().SkipWhile(static node => node is CastExpression).FirstOrDefault();

    /// <summary>The function to which a name is handed on, and as which argument; null if it is not an argument.</summary>
    private static (string Callee, int Position)? ReceiverOf(NameExpression name) =>
        Around(name) is CallExpression { Function: { } callee } call && call.Arguments.Select(static argument => argument.Unwrapped).ToList().IndexOf(name) is >= 0 and var position ? (callee.Name, position) : null;

    /// <summary>True if a function that has a body here says NULL where it has nothing to give.</summary>
    public bool GivesNull(string function) => facts.Ask(this, function, static (reading, it) => reading.MayGiveNull(it));

    private bool MayGiveNull(string function) =>
        BodyOf(function)?.Body.DescendantsAndSelf<ReturnStatement>().Any(@return => @return.Value is { } value && (value.Constant == 0 || value.DescendantsAndSelf().Any(IsNullOrCall))) != false;

    private bool IsNullOrCall(Node node) => node is Expression { Constant: 0, Type.Canonical: PointerType } or CastExpression { Kind: CastKind.NullPointer } or CallExpression { Function: null }
        || (node is CallExpression { Function.Name: var name } call && call.Type.Canonical is PointerType && BodyOf(name) is null);

    /// <summary>True if an expression is asked for its truth, or compared with NULL.</summary>
    public static bool IsTruth(Expression expression)
    {
        Node inner = expression;
        foreach (var parent in expression.Ancestors())
        {
            switch (parent)
            {
                case CastExpression or CallExpression { Function.Name: "__builtin_expect" }:
                    inner = parent;
                    continue;
                case UnaryExpression { Operator: UnaryOperator.LogicalNot } or BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr }:
                    return true;
                case BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison:
                    return IsNull(comparison.Left) || IsNull(comparison.Right);
                case IfStatement @if:
                    return @if.Condition == inner;
                case WhileStatement @while:
                    return @while.Condition == inner;
                case ConditionalExpression conditional:
                    return conditional.Condition == inner;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>True for 0 and for NULL.</summary>
    public static bool IsNull(Expression value) => value.Constant == 0 || value.Unwrapped.Constant == 0;

    private (HashSet<string> Fields, HashSet<string> Callees) ReadingOf(string function, int parameter) => readings.Get((function, parameter), () => Read(function, parameter));

    private (HashSet<string> Fields, HashSet<string> Callees) Read(string function, int parameter)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var reached = new HashSet<(string Function, int Parameter)> { (function, parameter) };
        var work = new Stack<(string Function, int Parameter)>(reached);
        while (work.TryPop(out var item))
        {
            if (BodyOf(item.Function) is not { } body)
            {
                continue;
            }

            var own = item.Parameter >= 0 && item.Parameter < body.Parameters.Length ? body.Parameters[item.Parameter] : null;
            foreach (var node in body.Body.DescendantsAndSelf())
            {
                if (node is MemberExpression { Field.Record: Vma } member && IsVma(member.Target, own) && IsCheck(member))
                {
                    _ = fields.Add(member.Field.Name);
                }
                else if (node is CallExpression { Function: { } callee } call)
                {
                    for (var i = 0; i < call.Arguments.Length; i++)
                    {
                        var isHandedOn = own is null ? call.Arguments[i].Type.IsPointerToPointerTo(Vma) : LoopRound.IsVariable(own)(call.Arguments[i]);
                        if ((isHandedOn || IsVma(call.Arguments[i], own)) && reached.Add((callee.Name, i)))
                        {
                            work.Push((callee.Name, i));
                        }
                    }
                }
            }
        }

        return (fields, reached.Select(static item => item.Function).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>True for the VMA that a parameter is, or for any if the VMA lies in a record or is the function's own.</summary>
    private static bool IsVma(Expression expression, VariableSymbol? parameter) =>
        expression.Type.IsPointerTo(Vma) && (parameter?.Type.IsPointerTo(Vma) != true || LoopRound.IsVariable(parameter)(expression));

    /// <summary>A subtraction of a VMA's start asks nothing: it relies on the answer.</summary>
    public static bool IsCheck(MemberExpression member) =>
        member.Ancestors().SkipWhile(static node => node is CastExpression).FirstOrDefault() is not BinaryExpression { Operator: BinaryOperator.Subtract } subtraction || subtraction.Right.Unwrapped != member;
}
