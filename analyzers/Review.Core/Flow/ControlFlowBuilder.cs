using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Core.Flow;

/// <summary>Builds a <see cref="ControlFlowGraph"/> in one walk over the tree.</summary>
internal sealed class ControlFlowBuilder
{
    private readonly FunctionDefinition function;
    private readonly BasicBlock exit = new(isInsideExpression: false);
    private readonly Dictionary<LabelSymbol, BasicBlock> labels = [];
    private readonly Dictionary<Statement, BasicBlock> loops = [];
    private readonly List<BasicBlock> indirectGotos = [];
    private readonly List<LabelSymbol> addressedLabels = [];
    private readonly Stack<BasicBlock> breaks = new();
    private readonly Stack<BasicBlock> continues = new();
    private readonly Stack<Dictionary<SwitchLabel, BasicBlock>> switches = new();
    private readonly BasicBlock entry = new(isInsideExpression: false);
    private BasicBlock current;

    /// <summary>How many full expressions are open; statements inside a statement expression end none of them.</summary>
    private int expressionDepth;

    public ControlFlowBuilder(FunctionDefinition function)
    {
        this.function = function;
        current = entry;
    }

    public ControlFlowGraph Build()
    {
        Visit(function.Body);
        current.Connect(exit, null);
        foreach (var block in indirectGotos)
        {
            foreach (var label in addressedLabels)
            {
                block.Connect(BlockOf(label), null);
            }
        }

        return new ControlFlowGraph(function, Order(), exit, loops);
    }

    /// <summary>Numbers the reachable blocks in reverse post-order.</summary>
    private ImmutableArray<BasicBlock> Order()
    {
        var finished = new List<BasicBlock>();
        var seen = new HashSet<BasicBlock> { entry };
        var stack = new Stack<(BasicBlock Block, int Next)>();
        stack.Push((entry, 0));
        while (stack.TryPop(out var top))
        {
            if (top.Next == top.Block.Successors.Count)
            {
                finished.Add(top.Block);
                continue;
            }

            stack.Push((top.Block, top.Next + 1));
            var next = top.Block.Successors[top.Next].To;
            if (seen.Add(next))
            {
                stack.Push((next, 0));
            }
        }

        finished.Reverse();
        for (var i = 0; i < finished.Count; i++)
        {
            finished[i].Index = i;
        }

        finished.ForEach(static block => block.DropUnreachablePredecessors());
        return [.. finished];
    }

    private BasicBlock NewBlock() => new(expressionDepth > 0);

    private BasicBlock BlockOf(LabelSymbol label)
    {
        if (!labels.TryGetValue(label, out var block))
        {
            labels[label] = block = new BasicBlock(isInsideExpression: false);
        }

        return block;
    }

    /// <summary>Ends the current block in another one and goes on there.</summary>
    private void FallInto(BasicBlock block)
    {
        current.Connect(block, null);
        current = block;
    }

    /// <summary>Goes on in a block that nothing reaches.</summary>
    private void StartUnreachable() => current = NewBlock();

    private void Visit(Statement statement)
    {
        switch (statement)
        {
            case BlockStatement block:
                foreach (var inner in block.Statements)
                {
                    Visit(inner);
                }

                break;
            case ExpressionStatement { Expression: var expression }:
                Evaluate(expression);
                EndExpression(statement);
                break;
            case LocalDeclaration declaration:
                if (declaration.Symbol.Kind == VariableKind.Local)
                {
                    if (declaration.Initializer is not null)
                    {
                        Evaluate(declaration.Initializer);
                    }

                    current.Add(declaration);
                }

                break;
            case IfStatement @if:
                VisitIf(@if);
                break;
            case WhileStatement loop:
            {
                var head = NewBlock();
                var body = NewBlock();
                var after = NewBlock();
                FallInto(head);
                loops[loop] = head;
                Branch(loop.Condition, body, after);
                current = body;
                VisitLoopBody(loop.Body, after, head);
                current.Connect(head, null);
                current = after;
                break;
            }

            case DoStatement loop:
            {
                if (loop is { Body: BlockStatement { Statements.IsEmpty: true }, Origin.Invocation: not null })
                {
                    // A macro that does nothing under this configuration: it still says something.
                    current.Add(loop);
                }

                var body = NewBlock();
                var test = NewBlock();
                var after = NewBlock();
                FallInto(body);
                loops[loop] = body;
                VisitLoopBody(loop.Body, after, test);
                FallInto(test);
                Branch(loop.Condition, body, after);
                current = after;
                break;
            }

            case ForStatement loop:
                VisitFor(loop);
                break;
            case SwitchStatement @switch:
                VisitSwitch(@switch);
                break;
            case SwitchLabel label:
                FallInto(switches.Peek()[label]);
                Visit(label.Body);
                break;
            case LabelStatement label:
                FallInto(BlockOf(label.Label));
                Visit(label.Body);
                break;
            case GotoStatement @goto:
                current.Connect(BlockOf(@goto.Target), null);
                StartUnreachable();
                break;
            case IndirectGotoStatement @goto:
                Evaluate(@goto.Target);
                indirectGotos.Add(current);
                StartUnreachable();
                break;
            case ReturnStatement @return:
                if (@return.Value is not null)
                {
                    Evaluate(@return.Value);
                }

                current.Add(@return);
                current.Connect(exit, null);
                StartUnreachable();
                break;
            case BreakStatement:
                current.Connect(breaks.Peek(), null);
                StartUnreachable();
                break;
            case ContinueStatement:
                current.Connect(continues.Peek(), null);
                StartUnreachable();
                break;
            case EmptyStatement:
                break;
            case AsmStatement assembly:
                VisitAsm(assembly);
                break;
            default:
                throw new InvalidOperationException($"statement {statement.GetType().Name} has no control flow");
        }
    }

    private void EndExpression(Statement statement)
    {
        if (expressionDepth == 0)
        {
            current.Add(statement);
        }
    }

    private void VisitLoopBody(Statement body, BasicBlock onBreak, BasicBlock onContinue)
    {
        breaks.Push(onBreak);
        continues.Push(onContinue);
        Visit(body);
        _ = breaks.Pop();
        _ = continues.Pop();
    }

    private void VisitIf(IfStatement @if)
    {
        var then = NewBlock();
        var after = NewBlock();
        var @else = @if.Else is null ? after : NewBlock();
        Branch(@if.Condition, then, @else);
        current = then;
        Visit(@if.Then);
        current.Connect(after, null);
        if (@if.Else is not null)
        {
            current = @else;
            Visit(@if.Else);
            current.Connect(after, null);
        }

        current = after;
    }

    private void VisitFor(ForStatement loop)
    {
        foreach (var initializer in loop.Initializers)
        {
            Visit(initializer);
        }

        var head = NewBlock();
        var body = NewBlock();
        var step = NewBlock();
        var after = NewBlock();
        FallInto(head);
        loops[loop] = head;
        if (loop.Condition is null)
        {
            current.Connect(body, null);
        }
        else
        {
            Branch(loop.Condition, body, after);
        }

        current = body;
        VisitLoopBody(loop.Body, after, step);
        FallInto(step);
        if (loop.Increment is not null)
        {
            Evaluate(loop.Increment);
        }

        current.Connect(head, null);
        current = after;
    }

    private void VisitSwitch(SwitchStatement @switch)
    {
        Evaluate(@switch.Subject);
        var after = NewBlock();
        var blocks = new Dictionary<SwitchLabel, BasicBlock>();
        var taken = ImmutableArray.CreateBuilder<(long, long)>();
        BasicBlock? @default = null;
        foreach (var label in @switch.Labels)
        {
            var block = NewBlock();
            blocks[label] = block;
            if (label is CaseLabel @case)
            {
                taken.Add((@case.Low, @case.High));
                current.Connect(block, new SwitchCondition(@switch.Subject, [(@case.Low, @case.High)], IsDefault: false));
            }
            else
            {
                @default = block;
            }
        }

        current.Connect(@default ?? after, new SwitchCondition(@switch.Subject, taken.ToImmutable(), IsDefault: true));
        StartUnreachable();
        switches.Push(blocks);
        breaks.Push(after);
        Visit(@switch.Body);
        _ = breaks.Pop();
        _ = switches.Pop();
        FallInto(after);
    }

    private void VisitAsm(AsmStatement assembly)
    {
        foreach (var operand in assembly.Inputs.Concat(assembly.Outputs))
        {
            Evaluate(operand.Value);
        }

        current.Add(assembly);
        foreach (var label in assembly.Labels)
        {
            current.Connect(BlockOf(label), null);
        }

        FallInto(NewBlock());
    }

    /// <summary>Evaluates a condition and ends the current block in the two given ones.</summary>
    private void Branch(Expression condition, BasicBlock whenTrue, BasicBlock whenFalse)
    {
        switch (condition)
        {
            case UnaryExpression { Operator: UnaryOperator.LogicalNot } not:
                Branch(not.Operand, whenFalse, whenTrue);
                return;
            case UnaryExpression { Operator: UnaryOperator.Extension } extension:
                Branch(extension.Operand, whenTrue, whenFalse);
                return;
            case BinaryExpression { Operator: BinaryOperator.LogicalAnd } conjunction:
            {
                var right = NewBlock();
                Branch(conjunction.Left, right, whenFalse);
                current = right;
                Branch(conjunction.Right, whenTrue, whenFalse);
                return;
            }

            case BinaryExpression { Operator: BinaryOperator.LogicalOr } disjunction:
            {
                var right = NewBlock();
                Branch(disjunction.Left, whenTrue, right);
                current = right;
                Branch(disjunction.Right, whenTrue, whenFalse);
                return;
            }

            case BinaryExpression { Operator: BinaryOperator.Comma } comma:
                Evaluate(comma.Left);
                Branch(comma.Right, whenTrue, whenFalse);
                return;
            case CastExpression { Operand.Type.Canonical: IntegerType or PointerType or EnumType } cast when cast.Type.Size >= cast.Operand.Type.Size || cast.Type.Canonical is IntegerType { IsBool: true }:
                Branch(cast.Operand, whenTrue, whenFalse);
                return;
            case CallExpression { Function.Name: "__builtin_expect", Arguments: [var value, ..] }:
                Branch(value, whenTrue, whenFalse);
                return;
            case ChosenExpression chosen:
                Branch(chosen.Chosen, whenTrue, whenFalse);
                return;
            case ConditionalExpression { WhenTrue: not null } conditional:
            {
                var first = NewBlock();
                var second = NewBlock();
                Branch(conditional.Condition, first, second);
                current = first;
                Branch(conditional.WhenTrue, whenTrue, whenFalse);
                current = second;
                Branch(conditional.WhenFalse, whenTrue, whenFalse);
                return;
            }

            case StatementExpression { Value: { } value, Constant: null } statements:
                VisitAllButLast(statements.Body);
                Branch(value, whenTrue, whenFalse);
                return;
        }

        if (condition.Constant is { } constant)
        {
            if (condition is not (LiteralExpression or UnevaluatedExpression))
            {
                Evaluate(condition);
            }

            current.Connect(constant != 0 ? whenTrue : whenFalse, null);
            StartUnreachable();
            return;
        }

        if (condition is BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } comparison)
        {
            Evaluate(comparison.Left);
            Evaluate(comparison.Right);
        }
        else
        {
            Evaluate(condition);
        }

        current.Connect(whenTrue, new BranchCondition(condition, Outcome: true));
        current.Connect(whenFalse, new BranchCondition(condition, Outcome: false));
        StartUnreachable();
    }

    private void VisitAllButLast(BlockStatement block)
    {
        expressionDepth++;
        foreach (var statement in block.Statements.SkipLast(1))
        {
            Visit(statement);
        }

        // The last statement may carry labels before its expression.
        var last = block.Statements[^1];
        while (last is LabelStatement label)
        {
            FallInto(BlockOf(label.Label));
            last = label.Body;
        }

        expressionDepth--;
    }

    /// <summary>Evaluates an expression for its value and effects.</summary>
    private void Evaluate(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression or StringExpression or UnevaluatedExpression:
                return;
            case NameExpression name:
                if (name.IsRead)
                {
                    current.Add(name);
                }

                return;
            case LabelAddressExpression address:
                addressedLabels.Add(address.Label);
                return;
            case UnaryExpression { Operator: UnaryOperator.LogicalNot, Constant: null }:
            case BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr or (>= BinaryOperator.Less and <= BinaryOperator.NotEqual), Constant: null }:
                EvaluateTruth(expression);
                return;
            case ConditionalExpression conditional:
                EvaluateConditional(conditional);
                return;
            case BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr } folded:
                EvaluateFolded(folded);
                return;
            case StatementExpression { Body: var body } statements:
                if (statements.Value is { } value)
                {
                    expressionDepth++;
                    VisitAllButLast(body);
                    Evaluate(value);
                    expressionDepth--;
                }
                else
                {
                    expressionDepth++;
                    Visit(body);
                    expressionDepth--;
                }

                current.Add(statements);
                return;
            case AssignmentExpression assignment:
                expressionDepth++;
                Evaluate(assignment.Value);
                Evaluate(assignment.Target);
                expressionDepth--;
                current.Add(assignment);
                return;
        }

        expressionDepth++;
        foreach (var child in expression.Children)
        {
            Evaluate((Expression)child);
        }

        expressionDepth--;
        current.Add(expression);
        if (expression is CallExpression call && NeverReturns(call))
        {
            StartUnreachable();
        }
    }

    /// <summary>An operator with a truth value becomes two edges into a block that knows which it was.</summary>
    private void EvaluateTruth(Expression expression)
    {
        expressionDepth++;
        var whenTrue = NewBlock();
        var whenFalse = NewBlock();
        var after = NewBlock();
        Branch(expression, whenTrue, whenFalse);
        whenTrue.Connect(after, new ValueCondition(expression, null, Truth: true));
        whenFalse.Connect(after, new ValueCondition(expression, null, Truth: false));
        current = after;
        expressionDepth--;
    }

    /// <summary>A short circuit whose value clang knows; its operands may still have effects.</summary>
    private void EvaluateFolded(BinaryExpression expression)
    {
        expressionDepth++;
        var right = NewBlock();
        var after = NewBlock();
        var isAnd = expression.Operator == BinaryOperator.LogicalAnd;
        Branch(expression.Left, isAnd ? right : after, isAnd ? after : right);
        current = right;
        Branch(expression.Right, after, after);
        current = after;
        expressionDepth--;
    }

    private void EvaluateConditional(ConditionalExpression conditional)
    {
        expressionDepth++;
        var first = NewBlock();
        var second = NewBlock();
        var after = NewBlock();
        Branch(conditional.Condition, first, second);
        current = first;
        if (conditional.WhenTrue is not null)
        {
            Evaluate(conditional.WhenTrue);
        }

        current.Connect(after, new ValueCondition(conditional, conditional.WhenTrue ?? conditional.Condition, Truth: true));
        current = second;
        Evaluate(conditional.WhenFalse);
        current.Connect(after, new ValueCondition(conditional, conditional.WhenFalse, Truth: true));
        current = after;
        expressionDepth--;
    }

    private static bool NeverReturns(CallExpression call) =>
        call.Function is { } function
            ? function.IsNoReturn || function.Name is "__builtin_unreachable" or "__builtin_trap"
            : call.Callee.Type.Pointee is FunctionType { IsNoReturn: true };
}
