using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>Statements.</summary>
internal sealed partial class FunctionCompiler
{
    private void Statement(Statement statement)
    {
        var outer = current;
        current = statement;
        switch (statement)
        {
            case BlockStatement block:
                foreach (var inner in block.Statements)
                {
                    Statement(inner);
                }

                break;
            case ExpressionStatement { Expression: var expression }:
                Guarded(() =>
                {
                    Evaluate(expression);
                    Emit(new Instruction(Opcode.Pop));
                });
                break;
            case LocalDeclaration declaration:
                Guarded(() => Declare(declaration));
                break;
            case IfStatement choice:
                If(choice);
                break;
            case WhileStatement loop:
                Loop([], loop.Condition, null, loop.Body, isTestedFirst: true);
                break;
            case DoStatement { Origin.Macro: { } macro, Body: BlockStatement { Statements.IsEmpty: true } }:
                Emit(new Instruction(Opcode.Mark, Target: program.TargetOf(macro)));
                break;
            case DoStatement loop:
                Loop([], loop.Condition, null, loop.Body, isTestedFirst: false);
                break;
            case ForStatement loop:
                Loop(loop.Initializers, loop.Condition, loop.Increment, loop.Body, isTestedFirst: true);
                break;
            case SwitchStatement choice:
                Switch(choice);
                break;
            case SwitchLabel label:
                Place(switches.Peek()[label]);
                Statement(label.Body);
                break;
            case LabelStatement label:
                Place(LabelOf(label.Label));
                Statement(label.Body);
                break;
            case GotoStatement jump:
                Jump(LabelOf(jump.Target));
                break;
            case ReturnStatement { Value: var value }:
                Guarded(() => Return(value));
                break;
            case BreakStatement:
                Jump(loops.Peek().Break);
                break;
            case ContinueStatement:
                Jump(loops.Peek().Continue);
                break;
            case EmptyStatement:
                break;
            case AsmStatement assembly:
                Assembly(assembly);
                break;
            default:
                Emit(new Instruction(Opcode.Unknown, Target: $"a {statement.GetType().Name}"));
                break;
        }

        current = outer;
    }

    private void Declare(LocalDeclaration declaration)
    {
        var symbol = declaration.Symbol;
        if (symbol.Kind != VariableKind.Local)
        {
            return;
        }

        var size = symbol.Type.Size;
        if (size < 0)
        {
            throw new NotInterpretedException($"the local variable {symbol.Name} of {symbol.Type}, whose size is not constant");
        }

        var offset = LocalOf(symbol);
        Emit(new Instruction(Opcode.Forget, (int)size, Number: offset));
        if (declaration.Initializer is { } initializer)
        {
            Initialize(() => Emit(new Instruction(Opcode.LocalAddress, Number: offset)), 0, symbol.Type, initializer, isZero: false);
        }
    }

    private int LocalOf(VariableSymbol symbol)
    {
        if (!locals.TryGetValue(symbol, out var offset))
        {
            locals[symbol] = offset = Reserve(symbol.Type.Size);
        }

        return offset;
    }

    private void If(IfStatement choice)
    {
        var otherwise = new Label();
        var end = new Label();
        Guarded(() => Evaluate(choice.Condition), leavesValue: true);
        Emit(new Instruction(Opcode.JumpIfZero, Target: otherwise));
        Statement(choice.Then);
        if (choice.Else is { } @else)
        {
            Jump(end);
            Place(otherwise);
            Statement(@else);
        }
        else
        {
            Place(otherwise);
        }

        Place(end);
    }

    private void Loop(IEnumerable<Statement> initializers, Expression? condition, Expression? increment, Statement body, bool isTestedFirst)
    {
        foreach (var initializer in initializers)
        {
            Statement(initializer);
        }

        var top = new Label();
        var next = new Label();
        var test = new Label();
        var end = new Label();
        if (isTestedFirst)
        {
            Jump(test);
        }

        Place(top);
        loops.Push((end, next));
        Statement(body);
        _ = loops.Pop();
        Place(next);
        if (increment is not null)
        {
            Guarded(() =>
            {
                Evaluate(increment);
                Emit(new Instruction(Opcode.Pop));
            });
        }

        Place(test);
        if (condition is null)
        {
            Jump(top);
        }
        else
        {
            Guarded(() => Evaluate(condition), leavesValue: true);
            Emit(new Instruction(Opcode.JumpIfNotZero, Target: top));
        }

        Place(end);
    }

    private void Switch(SwitchStatement choice)
    {
        var end = new Label();
        var subject = Scalar.Of(choice.Subject.Type) ?? Scalar.Int;
        var placed = choice.Labels.ToDictionary(static label => label, static _ => new Label());
        var cases = placed.Keys.OfType<CaseLabel>().Select(label => (subject.Extend(label.Low), subject.Extend(label.High), placed[label])).ToList();
        var fallback = placed.Keys.OfType<DefaultLabel>().FirstOrDefault();
        Guarded(() => Evaluate(choice.Subject), leavesValue: true);
        Emit(new Instruction(Opcode.Switch, Target: new PendingSwitch(cases, fallback is null ? end : placed[fallback])));
        switches.Push(placed);
        loops.Push((end, loops.Count > 0 ? loops.Peek().Continue : end));
        Statement(choice.Body);
        _ = loops.Pop();
        _ = switches.Pop();
        Place(end);
    }

    private void Return(Expression? value)
    {
        if (value is null || value.Type.Canonical is VoidType)
        {
            if (value is not null)
            {
                Evaluate(value);
                Emit(new Instruction(Opcode.Pop));
            }

            Emit(new Instruction(Opcode.Undefined));
        }
        else
        {
            Evaluate(value);
        }

        Emit(new Instruction(Opcode.Return));
    }
}
