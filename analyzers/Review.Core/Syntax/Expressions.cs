using System.Collections.Immutable;

namespace Review.Core.Syntax;

/// <summary>A C expression.</summary>
public abstract class Expression(Origin origin, CType type) : Node(origin)
{
    /// <summary>The expression's type.</summary>
    public CType Type { get; } = type;

    /// <summary>Its value if clang can compute it: literals, enumerators, <c>sizeof</c>, constant conditions.</summary>
    public long? Constant { get; init; }

    /// <summary>True if the expression names an object and its value is loaded here (C's lvalue conversion).</summary>
    public bool IsRead { get; init; }

    /// <summary>The expression inside casts and <c>__builtin_expect</c>.</summary>
    public Expression Unwrapped
    {
        get
        {
            var expression = this;
            while (true)
            {
                switch (expression)
                {
                    case CastExpression cast:
                        expression = cast.Operand;
                        break;
                    case CallExpression { Function.Name: "__builtin_expect" or "__builtin_expect_with_probability", Arguments: [var value, ..] }:
                        expression = value;
                        break;
                    case UnaryExpression { Operator: UnaryOperator.Extension or UnaryOperator.Plus } unary:
                        expression = unary.Operand;
                        break;
                    default:
                        return expression;
                }
            }
        }
    }

    /// <summary>The node that uses the value, through what <see cref="Unwrapped"/> leaves out.</summary>
    public Node? User
    {
        get
        {
            var user = Parent;
            while (user is Expression wrapper && wrapper.Unwrapped == Unwrapped)
            {
                user = wrapper.Parent;
            }

            return user;
        }
    }
}

/// <summary>A number or character.</summary>
public sealed class LiteralExpression(Origin origin, CType type) : Expression(origin, type)
{
    public override IEnumerable<Node> Children => [];

    internal override LiteralExpression Moved(TreeMove move) => new LiteralExpression(move.Of(Origin), Type) { Constant = Constant, IsRead = IsRead };
}

/// <summary>A string, <c>__func__</c> included.</summary>
public sealed class StringExpression(Origin origin, CType type, string text) : Expression(origin, type)
{
    public string Text { get; } = text;

    public override IEnumerable<Node> Children => [];

    internal override StringExpression Moved(TreeMove move) => new StringExpression(move.Of(Origin), Type, Text) { Constant = Constant, IsRead = IsRead };
}

/// <summary>A name: variable, function or enumerator.</summary>
public sealed class NameExpression(Origin origin, CType type, Symbol symbol) : Expression(origin, type)
{
    public Symbol Symbol { get; } = symbol;

    public override IEnumerable<Node> Children => [];

    internal override NameExpression Moved(TreeMove move) => new NameExpression(move.Of(Origin), Type, move.Of(Symbol)) { Constant = Constant, IsRead = IsRead };
}

/// <summary><c>target-&gt;field</c> or <c>target.field</c>. Members of anonymous records are seen through.</summary>
public sealed class MemberExpression(Origin origin, CType type, Expression target, FieldSymbol field, bool isArrow) : Expression(origin, type)
{
    public Expression Target { get; } = target;

    public FieldSymbol Field { get; } = field;

    public bool IsArrow { get; } = isArrow;

    public override IEnumerable<Node> Children => [Target];

    internal override MemberExpression Moved(TreeMove move) => new MemberExpression(move.Of(Origin), Type, move.Of(Target), Field, IsArrow) { Constant = Constant, IsRead = IsRead };
}

/// <summary><c>target[index]</c>.</summary>
public sealed class IndexExpression(Origin origin, CType type, Expression target, Expression index) : Expression(origin, type)
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public override IEnumerable<Node> Children => [Target, Index];

    internal override IndexExpression Moved(TreeMove move) => new IndexExpression(move.Of(Origin), Type, move.Of(Target), move.Of(Index)) { Constant = Constant, IsRead = IsRead };
}

/// <summary>A call.</summary>
public sealed class CallExpression(Origin origin, CType type, Expression callee, ImmutableArray<Expression> arguments) : Expression(origin, type)
{
    public Expression Callee { get; } = callee;

    public ImmutableArray<Expression> Arguments { get; } = arguments;

    /// <summary>The function called, or null for a call through a pointer.</summary>
    public FunctionSymbol? Function => (Callee.Unwrapped as NameExpression)?.Symbol as FunctionSymbol;

    /// <summary>What the source calls the function: another name than its own where a forwarder is seen through (<see cref="Forwarders"/>). For messages.</summary>
    public string? Name => Forwarder ?? Function?.Name;

    /// <summary>The forwarder that the source calls; null if it calls the function itself.</summary>
    internal string? Forwarder { get; init; }

    /// <summary>The field of operations called through, e.g. <c>fault</c> of <c>vma-&gt;vm_ops-&gt;fault(vmf)</c>; else null.</summary>
    public FieldSymbol? Operation => (Callee.Unwrapped as MemberExpression)?.Field;

    /// <summary>True if the function called may write what an argument points to: it is a pointer, and the parameter that gets it is none to const.</summary>
    public bool MayWriteThrough(int argument)
    {
        var parameters = (Function?.Signature ?? Callee.Type.Pointee as FunctionType)?.Parameters ?? [];
        return (argument < parameters.Length ? parameters[argument] : Arguments[argument].Type).Canonical is PointerType { IsTargetConst: false };
    }

    public override IEnumerable<Node> Children => [Callee, .. Arguments];

    internal override Expression Moved(TreeMove move) => move.InsteadOf(this) ?? new CallExpression(move.Of(Origin), Type, move.Of(Callee), move.Of(Arguments)) { Constant = Constant, IsRead = IsRead, Forwarder = Forwarder };
}

/// <summary>The unary operators.</summary>
public enum UnaryOperator
{
    AddressOf,
    Dereference,
    Plus,
    Minus,
    BitwiseNot,
    LogicalNot,
    PreIncrement,
    PreDecrement,
    PostIncrement,
    PostDecrement,
    Real,
    Imaginary,
    Extension,
}

/// <summary>A unary operator.</summary>
public sealed class UnaryExpression(Origin origin, CType type, UnaryOperator @operator, Expression operand) : Expression(origin, type)
{
    public UnaryOperator Operator { get; } = @operator;

    public Expression Operand { get; } = operand;

    /// <summary>True for <c>++</c> and <c>--</c>.</summary>
    public bool IsStep => Operator is UnaryOperator.PreIncrement or UnaryOperator.PreDecrement or UnaryOperator.PostIncrement or UnaryOperator.PostDecrement;

    public override IEnumerable<Node> Children => [Operand];

    internal override UnaryExpression Moved(TreeMove move) => new UnaryExpression(move.Of(Origin), Type, Operator, move.Of(Operand)) { Constant = Constant, IsRead = IsRead };
}

/// <summary>The binary operators, assignments left out.</summary>
public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    ShiftLeft,
    ShiftRight,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Equal,
    NotEqual,
    BitwiseAnd,
    BitwiseXor,
    BitwiseOr,
    LogicalAnd,
    LogicalOr,
    Comma,
}

/// <summary>A binary operator. <c>&amp;&amp;</c>, <c>||</c> and <c>,</c> are control flow in the graph.</summary>
public sealed class BinaryExpression(Origin origin, CType type, BinaryOperator @operator, Expression left, Expression right) : Expression(origin, type)
{
    public BinaryOperator Operator { get; } = @operator;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public override IEnumerable<Node> Children => [Left, Right];

    internal override BinaryExpression Moved(TreeMove move) => new BinaryExpression(move.Of(Origin), Type, Operator, move.Of(Left), move.Of(Right)) { Constant = Constant, IsRead = IsRead };
}

/// <summary><c>target = value</c>, or a compound assignment.</summary>
public sealed class AssignmentExpression(Origin origin, CType type, Expression target, BinaryOperator? compound, Expression value) : Expression(origin, type)
{
    public Expression Target { get; } = target;

    /// <summary>The operator of <c>+=</c> and its like; null for a plain assignment.</summary>
    public BinaryOperator? Compound { get; } = compound;

    public Expression Value { get; } = value;

    public override IEnumerable<Node> Children => [Target, Value];

    internal override AssignmentExpression Moved(TreeMove move) => new AssignmentExpression(move.Of(Origin), Type, move.Of(Target), Compound, move.Of(Value)) { Constant = Constant, IsRead = IsRead };
}

/// <summary><c>c ? a : b</c>, and the GNU form <c>c ?: b</c> where <see cref="WhenTrue"/> is null and c is evaluated once.</summary>
public sealed class ConditionalExpression(Origin origin, CType type, Expression condition, Expression? whenTrue, Expression whenFalse) : Expression(origin, type)
{
    public Expression Condition { get; } = condition;

    public Expression? WhenTrue { get; } = whenTrue;

    public Expression WhenFalse { get; } = whenFalse;

    public override IEnumerable<Node> Children => WhenTrue is null ? [Condition, WhenFalse] : [Condition, WhenTrue, WhenFalse];

    internal override ConditionalExpression Moved(TreeMove move) => new ConditionalExpression(move.Of(Origin), Type, move.Of(Condition), move.OfOptional(WhenTrue), move.Of(WhenFalse)) { Constant = Constant, IsRead = IsRead };
}

/// <summary>What a cast does.</summary>
public enum CastKind
{
    /// <summary>Written in the source.</summary>
    Explicit,

    /// <summary>Array to pointer, or function to pointer.</summary>
    Decay,

    /// <summary>0 to a null pointer.</summary>
    NullPointer,

    /// <summary>Between arithmetic types, enumerations and <c>_Bool</c>.</summary>
    Arithmetic,

    /// <summary>Between pointer types.</summary>
    Pointer,

    /// <summary>Same type: a qualifier changes, or the value is dropped.</summary>
    Qualification,
}

/// <summary>A conversion, written or implicit.</summary>
public sealed class CastExpression(Origin origin, CType type, CastKind kind, Expression operand) : Expression(origin, type)
{
    public CastKind Kind { get; } = kind;

    public bool IsImplicit => Kind != CastKind.Explicit;

    public Expression Operand { get; } = operand;

    public override IEnumerable<Node> Children => [Operand];

    internal override CastExpression Moved(TreeMove move) => new CastExpression(move.Of(Origin), Type, Kind, move.Of(Operand)) { Constant = Constant, IsRead = IsRead };
}

/// <summary>The GNU statement expression <c>({ ... value; })</c>.</summary>
public sealed class StatementExpression(Origin origin, CType type, BlockStatement body) : Expression(origin, type)
{
    public BlockStatement Body { get; } = body;

    /// <summary>The expression whose value it has; null if it has none.</summary>
    public Expression? Value => Type is VoidType ? null : LastExpression(Body);

    public override IEnumerable<Node> Children => [Body];

    internal override StatementExpression Moved(TreeMove move) => new StatementExpression(move.Of(Origin), Type, move.Of(Body)) { Constant = Constant, IsRead = IsRead };

    private static Expression? LastExpression(BlockStatement block)
    {
        if (block.Statements.IsEmpty)
        {
            return null;
        }

        Statement last = block.Statements[^1];
        while (last is LabelStatement label)
        {
            last = label.Body;
        }

        return (last as ExpressionStatement)?.Expression;
    }
}

/// <summary><c>{ a, .b = c, [d] = e }</c> as written.</summary>
public sealed class InitializerList(Origin origin, CType type, ImmutableArray<InitializerElement> elements) : Expression(origin, type)
{
    public ImmutableArray<InitializerElement> Elements { get; } = elements;

    /// <summary>The members of the structure that the list fills, in their order; empty for other types and where one of them has no name.</summary>
    public ImmutableArray<FieldSymbol> Members { get; init; } = [];

    public override IEnumerable<Node> Children => Elements.Select(element => element.Value);

    internal override InitializerList Moved(TreeMove move) => new InitializerList(move.Of(Origin), Type, [.. Elements.Select(element => element with { Value = move.Of(element.Value) })]) { Constant = Constant, IsRead = IsRead, Members = Members };
}

/// <summary>One element of an initializer list.</summary>
/// <param name="Designators">Empty for an element by position.</param>
/// <param name="Value">Its value.</param>
public sealed record InitializerElement(ImmutableArray<Designator> Designators, Expression Value);

/// <summary><c>.field</c>, <c>[low]</c> or <c>[low ... high]</c>.</summary>
/// <param name="Field">The member, or null for an index.</param>
/// <param name="Low">The index, or the lower bound of a range.</param>
/// <param name="High">The upper bound, inclusive; equal to <paramref name="Low"/> for one index.</param>
public sealed record Designator(FieldSymbol? Field, long Low, long High);

/// <summary><c>(type){ ... }</c>.</summary>
public sealed class CompoundLiteral(Origin origin, CType type, Expression value) : Expression(origin, type)
{
    public Expression Value { get; } = value;

    public override IEnumerable<Node> Children => [Value];

    internal override CompoundLiteral Moved(TreeMove move) => new CompoundLiteral(move.Of(Origin), Type, move.Of(Value)) { Constant = Constant, IsRead = IsRead };
}

/// <summary>What an <see cref="UnevaluatedExpression"/> asks.</summary>
public enum UnevaluatedKind
{
    SizeOf,
    AlignOf,
    OffsetOf,
    TypesCompatible,
    ConstantP,
}

/// <summary>An expression whose operand C does not evaluate. Its value is <see cref="Expression.Constant"/>.</summary>
public sealed class UnevaluatedExpression(Origin origin, CType type, UnevaluatedKind kind) : Expression(origin, type)
{
    public UnevaluatedKind Kind { get; } = kind;

    public override IEnumerable<Node> Children => [];

    internal override UnevaluatedExpression Moved(TreeMove move) => new UnevaluatedExpression(move.Of(Origin), Type, Kind) { Constant = Constant, IsRead = IsRead };
}

/// <summary><c>_Generic</c> or <c>__builtin_choose_expr</c>: only the chosen arm is code.</summary>
public sealed class ChosenExpression(Origin origin, CType type, Expression chosen) : Expression(origin, type)
{
    public Expression Chosen { get; } = chosen;

    public override IEnumerable<Node> Children => [Chosen];

    internal override ChosenExpression Moved(TreeMove move) => new ChosenExpression(move.Of(Origin), Type, move.Of(Chosen)) { Constant = Constant, IsRead = IsRead };
}

/// <summary><c>&amp;&amp;label</c>.</summary>
public sealed class LabelAddressExpression(Origin origin, CType type, LabelSymbol label) : Expression(origin, type)
{
    public LabelSymbol Label { get; } = label;

    public override IEnumerable<Node> Children => [];

    internal override LabelAddressExpression Moved(TreeMove move) => new LabelAddressExpression(move.Of(Origin), Type, Label) { Constant = Constant, IsRead = IsRead };
}

/// <summary>A builtin with its own syntax: <c>__builtin_va_arg</c>, the atomic builtins.</summary>
public sealed class BuiltinExpression(Origin origin, CType type, string name, ImmutableArray<Expression> operands) : Expression(origin, type)
{
    public string Name { get; } = name;

    public ImmutableArray<Expression> Operands { get; } = operands;

    public override IEnumerable<Node> Children => Operands;

    internal override BuiltinExpression Moved(TreeMove move) => new BuiltinExpression(move.Of(Origin), Type, Name, move.Of(Operands)) { Constant = Constant, IsRead = IsRead };
}
