using System.Collections.Immutable;

namespace Review.Core.Syntax;

/// <summary>A C statement.</summary>
public abstract class Statement(Origin origin) : Node(origin);

/// <summary><c>{ ... }</c>.</summary>
public sealed class BlockStatement(Origin origin, ImmutableArray<Statement> statements) : Statement(origin)
{
    public ImmutableArray<Statement> Statements { get; } = statements;

    public override IEnumerable<Node> Children => Statements;

    internal override BlockStatement Moved(TreeMove move) => new BlockStatement(move.Of(Origin), move.Of(Statements));
}

/// <summary>An expression used as a statement.</summary>
public sealed class ExpressionStatement(Origin origin, Expression expression) : Statement(origin)
{
    public Expression Expression { get; } = expression;

    public override IEnumerable<Node> Children => [Expression];

    internal override ExpressionStatement Moved(TreeMove move) => new ExpressionStatement(move.Of(Origin), move.Of(Expression));
}

/// <summary>One local variable coming into scope, with its initial value if it has one.</summary>
public sealed class LocalDeclaration(Origin origin, VariableSymbol symbol, Expression? initializer) : Statement(origin)
{
    public VariableSymbol Symbol { get; } = symbol;

    public Expression? Initializer { get; } = initializer;

    public override IEnumerable<Node> Children => Initializer is null ? [] : [Initializer];

    internal override LocalDeclaration Moved(TreeMove move) => new LocalDeclaration(move.Of(Origin), move.Of(Symbol), move.OfOptional(Initializer));
}

/// <summary><c>if</c>.</summary>
public sealed class IfStatement(Origin origin, Expression condition, Statement then, Statement? @else) : Statement(origin)
{
    public Expression Condition { get; } = condition;

    public Statement Then { get; } = then;

    public Statement? Else { get; } = @else;

    public override IEnumerable<Node> Children => Else is null ? [Condition, Then] : [Condition, Then, Else];

    internal override IfStatement Moved(TreeMove move) => new IfStatement(move.Of(Origin), move.Of(Condition), move.Of(Then), move.OfOptional(Else));
}

/// <summary><c>while</c>.</summary>
public sealed class WhileStatement(Origin origin, Expression condition, Statement body) : Statement(origin)
{
    public Expression Condition { get; } = condition;

    public Statement Body { get; } = body;

    public override IEnumerable<Node> Children => [Condition, Body];

    internal override WhileStatement Moved(TreeMove move) => new WhileStatement(move.Of(Origin), move.Of(Condition), move.Of(Body));
}

/// <summary><c>do ... while</c>; <c>do { } while (0)</c> is how macros make a block.</summary>
public sealed class DoStatement(Origin origin, Statement body, Expression condition) : Statement(origin)
{
    public Statement Body { get; } = body;

    public Expression Condition { get; } = condition;

    public override IEnumerable<Node> Children => [Body, Condition];

    internal override DoStatement Moved(TreeMove move) => new DoStatement(move.Of(Origin), move.Of(Body), move.Of(Condition));
}

/// <summary><c>for</c>; each of the three parts may be missing.</summary>
public sealed class ForStatement(Origin origin, ImmutableArray<Statement> initializers, Expression? condition, Expression? increment, Statement body) : Statement(origin)
{
    /// <summary>Empty, one expression statement, or the declarations.</summary>
    public ImmutableArray<Statement> Initializers { get; } = initializers;

    public Expression? Condition { get; } = condition;

    public Expression? Increment { get; } = increment;

    public Statement Body { get; } = body;

    public override IEnumerable<Node> Children
    {
        get
        {
            foreach (var initializer in Initializers)
            {
                yield return initializer;
            }

            if (Condition is not null)
            {
                yield return Condition;
            }

            if (Increment is not null)
            {
                yield return Increment;
            }

            yield return Body;
        }
    }

    internal override ForStatement Moved(TreeMove move) => new ForStatement(move.Of(Origin), move.Of(Initializers), move.OfOptional(Condition), move.OfOptional(Increment), move.Of(Body));
}

/// <summary><c>switch</c>.</summary>
public sealed class SwitchStatement(Origin origin, Expression subject, Statement body) : Statement(origin)
{
    public Expression Subject { get; } = subject;

    public Statement Body { get; } = body;

    public override IEnumerable<Node> Children => [Subject, Body];

    internal override SwitchStatement Moved(TreeMove move) => new SwitchStatement(move.Of(Origin), move.Of(Subject), move.Of(Body));

    /// <summary>The labels of this switch in source order, those of inner switches left out.</summary>
    public IEnumerable<SwitchLabel> Labels
    {
        get
        {
            var stack = new Stack<Node>();
            stack.Push(Body);
            while (stack.TryPop(out var node))
            {
                if (node is SwitchLabel label)
                {
                    yield return label;
                }

                if (node is SwitchStatement)
                {
                    continue;
                }

                foreach (var child in node.Children.Reverse())
                {
                    stack.Push(child);
                }
            }
        }
    }
}

/// <summary><c>case</c> or <c>default</c> with the statement behind it.</summary>
public abstract class SwitchLabel(Origin origin, Statement body) : Statement(origin)
{
    /// <summary>The first statement behind the label; it may be another label.</summary>
    public Statement Body { get; } = body;
}

/// <summary><c>case value:</c> or the GNU range <c>case low ... high:</c>.</summary>
public sealed class CaseLabel(Origin origin, Expression value, Expression? upper, long low, long high, string name, Statement body) : SwitchLabel(origin, body)
{
    public Expression Value { get; } = value;

    /// <summary>The upper bound of a range, else null.</summary>
    public Expression? Upper { get; } = upper;

    /// <summary>The least value it takes.</summary>
    public long Low { get; } = low;

    /// <summary>The greatest value it takes, inclusive.</summary>
    public long High { get; } = high;

    /// <summary>How the source names the value: an enumerator or macro such as <c>MADV_FREE</c>, else its digits.</summary>
    public string Name { get; } = name;

    public override IEnumerable<Node> Children => Upper is null ? [Value, Body] : [Value, Upper, Body];

    internal override CaseLabel Moved(TreeMove move) => new CaseLabel(move.Of(Origin), move.Of(Value), move.OfOptional(Upper), Low, High, Name, move.Of(Body));
}

/// <summary><c>default:</c>.</summary>
public sealed class DefaultLabel(Origin origin, Statement body) : SwitchLabel(origin, body)
{
    public override IEnumerable<Node> Children => [Body];

    internal override DefaultLabel Moved(TreeMove move) => new DefaultLabel(move.Of(Origin), move.Of(Body));
}

/// <summary><c>label:</c> with the statement behind it.</summary>
public sealed class LabelStatement(Origin origin, LabelSymbol label, Statement body) : Statement(origin)
{
    public LabelSymbol Label { get; } = label;

    public Statement Body { get; } = body;

    public override IEnumerable<Node> Children => [Body];

    internal override LabelStatement Moved(TreeMove move) => new LabelStatement(move.Of(Origin), Label, move.Of(Body));
}

/// <summary><c>goto label;</c>.</summary>
public sealed class GotoStatement(Origin origin, LabelSymbol target) : Statement(origin)
{
    public LabelSymbol Target { get; } = target;

    public override IEnumerable<Node> Children => [];

    internal override GotoStatement Moved(TreeMove move) => new GotoStatement(move.Of(Origin), Target);
}

/// <summary><c>goto *pointer;</c>.</summary>
public sealed class IndirectGotoStatement(Origin origin, Expression target) : Statement(origin)
{
    public Expression Target { get; } = target;

    public override IEnumerable<Node> Children => [Target];

    internal override IndirectGotoStatement Moved(TreeMove move) => new IndirectGotoStatement(move.Of(Origin), move.Of(Target));
}

/// <summary><c>return</c>.</summary>
public sealed class ReturnStatement(Origin origin, Expression? value) : Statement(origin)
{
    public Expression? Value { get; } = value;

    public override IEnumerable<Node> Children => Value is null ? [] : [Value];

    internal override ReturnStatement Moved(TreeMove move) => new ReturnStatement(move.Of(Origin), move.OfOptional(Value));
}

/// <summary><c>break</c>.</summary>
public sealed class BreakStatement(Origin origin) : Statement(origin)
{
    public override IEnumerable<Node> Children => [];

    internal override BreakStatement Moved(TreeMove move) => new BreakStatement(move.Of(Origin));
}

/// <summary><c>continue</c>.</summary>
public sealed class ContinueStatement(Origin origin) : Statement(origin)
{
    public override IEnumerable<Node> Children => [];

    internal override ContinueStatement Moved(TreeMove move) => new ContinueStatement(move.Of(Origin));
}

/// <summary>A statement that does nothing: <c>;</c>, a static assertion, a declaration without code.</summary>
public sealed class EmptyStatement(Origin origin, bool isFallthrough) : Statement(origin)
{
    /// <summary>True for the kernel's <c>fallthrough;</c>.</summary>
    public bool IsFallthrough { get; } = isFallthrough;

    public override IEnumerable<Node> Children => [];

    internal override EmptyStatement Moved(TreeMove move) => new EmptyStatement(move.Of(Origin), IsFallthrough);
}

/// <summary>Inline assembly. Its template is a black box; what it reads, writes and where it may jump are known.</summary>
public sealed class AsmStatement(
    Origin origin,
    string template,
    ImmutableArray<AsmOperand> outputs,
    ImmutableArray<AsmOperand> inputs,
    ImmutableArray<string> clobbers,
    ImmutableArray<LabelSymbol> labels) : Statement(origin)
{
    public string Template { get; } = template;

    public ImmutableArray<AsmOperand> Outputs { get; } = outputs;

    public ImmutableArray<AsmOperand> Inputs { get; } = inputs;

    public ImmutableArray<string> Clobbers { get; } = clobbers;

    /// <summary>Where <c>asm goto</c> may go besides the next statement.</summary>
    public ImmutableArray<LabelSymbol> Labels { get; } = labels;

    public override IEnumerable<Node> Children => Outputs.Concat(Inputs).Select(operand => operand.Value);

    internal override AsmStatement Moved(TreeMove move) => new AsmStatement(
        move.Of(Origin),
        Template,
        [.. Outputs.Select(operand => operand with { Value = move.Of(operand.Value) })],
        [.. Inputs.Select(operand => operand with { Value = move.Of(operand.Value) })],
        Clobbers,
        Labels);
}

/// <summary>An operand of inline assembly with its constraint.</summary>
public sealed record AsmOperand(string Constraint, Expression Value);
