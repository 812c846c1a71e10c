using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>Expressions: each leaves one value on the stack, for structures and arrays their address.</summary>
internal sealed partial class FunctionCompiler
{
    private void Evaluate(Expression expression)
    {
        if (expression.Constant is { } constant && Scalar.Of(expression.Type) is { } scalar && IsPure(expression))
        {
            Emit(new Instruction(Opcode.Constant, Number: scalar.Extend(constant)));
            return;
        }

        switch (expression)
        {
            case NameExpression { Symbol: FunctionSymbol }:
                Address(expression);
                break;
            case NameExpression { Symbol: EnumeratorSymbol enumerator }:
                Emit(new Instruction(Opcode.Constant, Number: enumerator.Value));
                break;
            case NameExpression or MemberExpression or IndexExpression:
                Load(expression);
                break;
            case StringExpression or CompoundLiteral { Type.Canonical: RecordType or ArrayType }:
                Address(expression);
                break;
            case CompoundLiteral literal:
                Literal(literal);
                Emit(new Instruction(Opcode.Load, ScalarOf(literal.Type).Size, ScalarOf(literal.Type).IsSigned ? 1 : 0));
                break;
            case CallExpression call:
                Call(call);
                break;
            case UnaryExpression unary:
                Unary(unary);
                break;
            case BinaryExpression binary:
                Binary(binary);
                break;
            case AssignmentExpression assignment:
                Assign(assignment);
                break;
            case ConditionalExpression choice:
                Conditional(choice);
                break;
            case CastExpression cast:
                Cast(cast);
                break;
            case StatementExpression block:
                Block(block);
                break;
            case ChosenExpression choice:
                Evaluate(choice.Chosen);
                break;
            case UnevaluatedExpression { Kind: UnevaluatedKind.ConstantP }:
                // A compiler that does not optimize says no.
                Emit(new Instruction(Opcode.Constant, Number: 0));
                break;
            default:
                throw new NotInterpretedException($"a {expression.GetType().Name} of type {expression.Type}");
        }
    }

    /// <summary>True if nothing happens besides the value: clang folds <c>f() &amp;&amp; 0</c> to 0, and f() is called all the same.</summary>
    private static bool IsPure(Expression expression) => expression switch
    {
        BinaryExpression { Operator: BinaryOperator.LogicalAnd, Left.Constant: 0 } and => IsPure(and.Left),
        BinaryExpression { Operator: BinaryOperator.LogicalOr, Left.Constant: not null and not 0 } or => IsPure(or.Left),
        ConditionalExpression { Condition.Constant: not null } choice => IsPure(choice.Condition)
            && IsPure(choice.Condition.Constant != 0 ? choice.WhenTrue ?? choice.Condition : choice.WhenFalse),
        CallExpression { Function.Name: var function } => function.StartsWith("__builtin_", StringComparison.Ordinal),
        AssignmentExpression or UnaryExpression { IsStep: true } => false,
        StatementExpression => true,
        _ => expression.Children.OfType<Expression>().All(IsPure),
    };

    private void Unary(UnaryExpression unary)
    {
        switch (unary.Operator)
        {
            case UnaryOperator.AddressOf:
                Address(unary.Operand);
                break;
            case UnaryOperator.Dereference when unary.Type.Canonical is FunctionType:
                Evaluate(unary.Operand);
                break;
            case UnaryOperator.Dereference:
                Load(unary);
                break;
            case UnaryOperator.Plus or UnaryOperator.Extension:
                Evaluate(unary.Operand);
                break;
            case UnaryOperator.Minus:
                Evaluate(unary.Operand);
                Emit(new Instruction(Opcode.Negate));
                ConvertTo(unary.Type);
                break;
            case UnaryOperator.BitwiseNot:
                Evaluate(unary.Operand);
                Emit(new Instruction(Opcode.Complement));
                ConvertTo(unary.Type);
                break;
            case UnaryOperator.LogicalNot:
                Evaluate(unary.Operand);
                Emit(new Instruction(Opcode.Not));
                break;
            case UnaryOperator.PreIncrement or UnaryOperator.PreDecrement or UnaryOperator.PostIncrement or UnaryOperator.PostDecrement:
                Step(unary);
                break;
            default:
                throw new NotInterpretedException($"the operator {unary.Operator}");
        }
    }

    private void Step(UnaryExpression step)
    {
        var target = step.Operand;
        var isPost = step.Operator is UnaryOperator.PostIncrement or UnaryOperator.PostDecrement;
        var isUp = step.Operator is UnaryOperator.PreIncrement or UnaryOperator.PostIncrement;
        var amount = target.Type.Canonical is PointerType ? Scalar.Step(target.Type) : 1;
        Address(target);
        Emit(new Instruction(Opcode.Duplicate));
        LoadFrom(target);
        Emit(new Instruction(Opcode.Constant, Number: amount));
        Emit(new Instruction(isUp ? Opcode.Add : Opcode.Subtract, 8));
        ConvertTo(target.Type);
        StoreInto(target);
        if (isPost)
        {
            // The old value again: for _Bool it is lost, and nobody counts with those.
            if (Scalar.IsBool(target.Type))
            {
                throw new NotInterpretedException("++ on a _Bool");
            }

            Emit(new Instruction(Opcode.Constant, Number: amount));
            Emit(new Instruction(isUp ? Opcode.Subtract : Opcode.Add, 8));
            if (BitField(target) is { } field)
            {
                KeepBits(field, ScalarOf(target.Type));
            }
            else
            {
                ConvertTo(target.Type);
            }
        }
    }

    /// <summary>Cuts a value down to what a bit field holds.</summary>
    private void KeepBits(FieldSymbol field, Scalar scalar)
    {
        var unused = 64 - field.BitWidth;
        Emit(new Instruction(Opcode.Constant, Number: unused));
        Emit(new Instruction(Opcode.ShiftLeft, 8));
        Emit(new Instruction(Opcode.Constant, Number: unused));
        Emit(new Instruction(Opcode.ShiftRight, 8, scalar.IsSigned ? 1 : 0));
    }

    /// <summary>Replaces the address of what an expression names by its value.</summary>
    private void LoadFrom(Expression target)
    {
        var scalar = ScalarOf(target.Type);
        Emit(BitField(target) is { } field
            ? new Instruction(Opcode.LoadBits, (int)(field.OffsetBits % 8), field.BitWidth, scalar.IsSigned ? 1 : 0, PathOf(target))
            : new Instruction(Opcode.Load, scalar.Size, scalar.IsSigned ? 1 : 0, Target: PathOf(target)));
    }

    private void Binary(BinaryExpression binary)
    {
        switch (binary.Operator)
        {
            case BinaryOperator.Comma:
                Evaluate(binary.Left);
                Emit(new Instruction(Opcode.Pop));
                Evaluate(binary.Right);
                return;
            case BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr:
                ShortCircuit(binary);
                return;
        }

        var isLeftPointer = IsPointer(binary.Left);
        var isRightPointer = IsPointer(binary.Right);
        if (binary.Operator is BinaryOperator.Add or BinaryOperator.Subtract && (isLeftPointer || isRightPointer))
        {
            PointerArithmetic(binary, isLeftPointer, isRightPointer);
            return;
        }

        Evaluate(binary.Left);
        Evaluate(binary.Right);
        Operate(binary.Operator, ScalarOf(binary.Left.Type));
    }

    private static bool IsPointer(Expression expression) => expression.Type.Canonical is PointerType or ArrayType;

    private void PointerArithmetic(BinaryExpression binary, bool isLeftPointer, bool isRightPointer)
    {
        Evaluate(binary.Left);
        if (isLeftPointer && isRightPointer)
        {
            Evaluate(binary.Right);
            Emit(new Instruction(Opcode.Subtract, 8));
            Emit(new Instruction(Opcode.Constant, Number: Scalar.Step(binary.Left.Type)));
            Emit(new Instruction(Opcode.Divide, 8, 1));
        }
        else if (isLeftPointer)
        {
            Evaluate(binary.Right);
            Scale(Scalar.Step(binary.Left.Type));
            Emit(new Instruction(binary.Operator == BinaryOperator.Add ? Opcode.Add : Opcode.Subtract, 8));
        }
        else
        {
            Scale(Scalar.Step(binary.Right.Type));
            Evaluate(binary.Right);
            Emit(new Instruction(Opcode.Add, 8));
        }
    }

    /// <summary>With two operands on the stack: an operator of C, in the type of its left operand.</summary>
    private void Operate(BinaryOperator @operator, Scalar scalar)
    {
        var size = scalar.Size;
        var sign = scalar.IsSigned ? 1 : 0;
        switch (@operator)
        {
            case BinaryOperator.Greater:
                Emit(new Instruction(Opcode.Swap));
                Emit(new Instruction(Opcode.Less, size, sign));
                break;
            case BinaryOperator.GreaterOrEqual:
                Emit(new Instruction(Opcode.Swap));
                Emit(new Instruction(Opcode.LessOrEqual, size, sign));
                break;
            default:
                Emit(new Instruction(
                    @operator switch
                    {
                        BinaryOperator.Add => Opcode.Add,
                        BinaryOperator.Subtract => Opcode.Subtract,
                        BinaryOperator.Multiply => Opcode.Multiply,
                        BinaryOperator.Divide => Opcode.Divide,
                        BinaryOperator.Remainder => Opcode.Remainder,
                        BinaryOperator.ShiftLeft => Opcode.ShiftLeft,
                        BinaryOperator.ShiftRight => Opcode.ShiftRight,
                        BinaryOperator.BitwiseAnd => Opcode.And,
                        BinaryOperator.BitwiseOr => Opcode.Or,
                        BinaryOperator.BitwiseXor => Opcode.Xor,
                        BinaryOperator.Less => Opcode.Less,
                        BinaryOperator.LessOrEqual => Opcode.LessOrEqual,
                        BinaryOperator.Equal => Opcode.Equal,
                        BinaryOperator.NotEqual => Opcode.NotEqual,
                        _ => throw new NotInterpretedException($"the operator {@operator}"),
                    },
                    size,
                    sign));
                break;
        }
    }

    private void ShortCircuit(BinaryExpression binary)
    {
        var isAnd = binary.Operator == BinaryOperator.LogicalAnd;
        var decided = new Label();
        var end = new Label();
        Evaluate(binary.Left);
        Emit(new Instruction(isAnd ? Opcode.JumpIfZero : Opcode.JumpIfNotZero, Target: decided));
        Evaluate(binary.Right);
        Emit(new Instruction(Opcode.ConvertToBool));
        Jump(end);
        depth--;
        Place(decided);
        Emit(new Instruction(Opcode.Constant, Number: isAnd ? 0 : 1));
        Place(end);
    }

    private void Assign(AssignmentExpression assignment)
    {
        var target = assignment.Target;
        if (IsRecord(target))
        {
            Address(target);
            Evaluate(assignment.Value);
            Emit(new Instruction(Opcode.Copy, Number: target.Type.Size));
            return;
        }

        Address(target);
        if (assignment.Compound is { } compound)
        {
            Emit(new Instruction(Opcode.Duplicate));
            LoadFrom(target);
            Compound(compound, target.Type, assignment.Value);
        }
        else
        {
            Evaluate(assignment.Value);
        }

        StoreInto(target);
    }

    /// <summary>With the old value on the stack: the new one of <c>target op= value</c>.</summary>
    private void Compound(BinaryOperator compound, CType target, Expression value)
    {
        if (target.Canonical is PointerType)
        {
            Evaluate(value);
            Scale(Scalar.Step(target));
            Emit(new Instruction(compound == BinaryOperator.Add ? Opcode.Add : Opcode.Subtract, 8));
            return;
        }

        var left = ScalarOf(target).Promoted;
        var right = ScalarOf(value.Type).Promoted;
        var common = compound is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight ? left : Scalar.Common(left, right);
        Emit(new Instruction(Opcode.Convert, common.Size, common.IsSigned ? 1 : 0));
        Evaluate(value);
        if (compound is not (BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight))
        {
            Emit(new Instruction(Opcode.Convert, common.Size, common.IsSigned ? 1 : 0));
        }

        Operate(compound, common);
        ConvertTo(target);
    }

    private void Conditional(ConditionalExpression choice)
    {
        var otherwise = new Label();
        var end = new Label();
        Evaluate(choice.Condition);
        if (choice.WhenTrue is { } whenTrue)
        {
            Emit(new Instruction(Opcode.JumpIfZero, Target: otherwise));
            Evaluate(whenTrue);
        }
        else
        {
            ConvertTo(choice.Type);
            Emit(new Instruction(Opcode.Duplicate));
            Emit(new Instruction(Opcode.JumpIfNotZero, Target: end));
            Emit(new Instruction(Opcode.Pop));
            Evaluate(choice.WhenFalse);
            Place(end);
            return;
        }

        Jump(end);
        depth--;
        Place(otherwise);
        Evaluate(choice.WhenFalse);
        Place(end);
    }

    private void Cast(CastExpression cast)
    {
        if (cast.Kind == CastKind.Decay)
        {
            Address(cast.Operand);
            return;
        }

        if (cast.Operand.Type.Canonical is FloatingType)
        {
            throw new NotInterpretedException("floating point");
        }

        Evaluate(cast.Operand);
        if (cast.Type.Canonical is not (VoidType or RecordType))
        {
            ConvertTo(cast.Type);
        }
    }

    private void ConvertTo(CType type)
    {
        if (Scalar.IsBool(type))
        {
            Emit(new Instruction(Opcode.ConvertToBool));
            return;
        }

        var scalar = ScalarOf(type);
        if (scalar.Size < sizeof(long))
        {
            Emit(new Instruction(Opcode.Convert, scalar.Size, scalar.IsSigned ? 1 : 0));
        }
    }

    /// <summary>A statement expression: its last statement's value is left.</summary>
    private void Block(StatementExpression expression)
    {
        if (expression.Value is not { } value)
        {
            Statement(expression.Body);
            Emit(new Instruction(Opcode.Undefined));
            return;
        }

        var outer = current;
        foreach (var statement in expression.Body.Statements[..^1])
        {
            Statement(statement);
        }

        var last = expression.Body.Statements[^1];
        while (last is LabelStatement label)
        {
            Place(LabelOf(label.Label));
            last = label.Body;
        }

        current = last;
        Evaluate(value);
        current = outer;
    }
}
