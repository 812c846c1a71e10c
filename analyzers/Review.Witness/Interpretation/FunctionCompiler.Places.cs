using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>Where things are: addresses, loads and stores.</summary>
internal sealed partial class FunctionCompiler
{
    /// <summary>Leaves the address of what an expression names.</summary>
    private void Address(Expression expression)
    {
        switch (expression)
        {
            case NameExpression { Symbol: VariableSymbol symbol }:
                Emit(symbol.IsAutomatic
                    ? new Instruction(Opcode.LocalAddress, Number: LocalOf(symbol))
                    : new Instruction(Opcode.VariableAddress, Target: program.VariableOf(symbol)));
                break;
            case NameExpression { Symbol: FunctionSymbol function }:
                Emit(new Instruction(Opcode.FunctionAddress, Target: program.TargetOf(function)));
                break;
            case MemberExpression member:
                AddressOfRecord(member);
                MoveTo(member.Field);
                break;
            case IndexExpression index:
                AddressOfElement(index);
                break;
            case UnaryExpression { Operator: UnaryOperator.Dereference } dereference:
                Evaluate(dereference.Operand);
                break;
            case UnaryExpression { Operator: UnaryOperator.Extension } inner:
                Address(inner.Operand);
                break;
            case ChosenExpression choice:
                Address(choice.Chosen);
                break;
            case StringExpression text:
                Emit(new Instruction(Opcode.StringAddress, Target: program.StringOf(text)));
                break;
            case CompoundLiteral literal:
                Literal(literal);
                break;
            case CastExpression { Operand: var operand } when IsRecord(expression) || operand.Type.Canonical == expression.Type.Canonical:
                Address(operand);
                break;
            case CallExpression or ConditionalExpression or StatementExpression or AssignmentExpression or BinaryExpression { Operator: BinaryOperator.Comma } when IsRecord(expression):
                Evaluate(expression);
                break;
            default:
                throw new NotInterpretedException($"the address of a {expression.GetType().Name}");
        }
    }

    private void AddressOfRecord(MemberExpression member)
    {
        if (member.IsArrow)
        {
            Evaluate(member.Target);
        }
        else
        {
            Address(member.Target);
        }
    }

    private void AddressOfElement(IndexExpression index)
    {
        var (array, number) = index.Target.Type.Canonical is PointerType or ArrayType ? (index.Target, index.Index) : (index.Index, index.Target);
        if (array.Type.Canonical is ArrayType { Element: var element })
        {
            Address(array);
            Evaluate(number);
            Scale(element.Size);
        }
        else
        {
            Evaluate(array);
            Evaluate(number);
            Scale(Scalar.Step(array.Type));
        }

        Emit(new Instruction(Opcode.Add, 8));
    }

    private void Scale(long step)
    {
        if (step != 1)
        {
            Emit(new Instruction(Opcode.Constant, Number: step));
            Emit(new Instruction(Opcode.Multiply, 8));
        }
    }

    /// <summary>Goes from a structure to a member. An object of the kernel needs no offset: it knows its members by name.</summary>
    private void MoveTo(FieldSymbol field)
    {
        if (field.OffsetBits < 0)
        {
            Emit(new Instruction(Opcode.NeedForeign, Target: $"the offset of {field.Record}.{field.Name}"));
        }
        else
        {
            Move(field.OffsetBits / 8);
        }
    }

    private void Move(long bytes)
    {
        if (bytes != 0)
        {
            Emit(new Instruction(Opcode.Offset, Number: bytes));
        }
    }

    /// <summary>Leaves the value of what an expression names: a number, or for structures and arrays their address.</summary>
    private void Load(Expression expression)
    {
        if (expression.Type.Canonical is RecordType or ArrayType)
        {
            Address(expression);
            return;
        }

        var scalar = ScalarOf(expression.Type);
        if (expression is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } local })
        {
            Emit(new Instruction(Opcode.LoadLocal, scalar.Size, scalar.IsSigned ? 1 : 0, LocalOf(local)));
        }
        else if (BitField(expression) is { } field)
        {
            AddressOfRecord((MemberExpression)expression);
            MoveTo(field);
            Emit(new Instruction(Opcode.LoadBits, (int)(field.OffsetBits % 8), field.BitWidth, scalar.IsSigned ? 1 : 0, PathOf(expression)));
        }
        else
        {
            Address(expression);
            Emit(new Instruction(Opcode.Load, scalar.Size, scalar.IsSigned ? 1 : 0, Target: PathOf(expression)));
        }
    }

    /// <summary>With an address and a value on the stack: stores into what the expression names.</summary>
    private void StoreInto(Expression target)
    {
        var scalar = ScalarOf(target.Type);
        Emit(BitField(target) is { } field
            ? new Instruction(Opcode.StoreBits, (int)(field.OffsetBits % 8), field.BitWidth, scalar.IsSigned ? 1 : 0, PathOf(target))
            : new Instruction(Opcode.Store, scalar.Size, Target: PathOf(target)));
    }

    private static FieldSymbol? BitField(Expression expression) => expression is MemberExpression { Field: { BitWidth: > 0 } field } ? field : null;

    /// <summary>How a kernel object's own files call the member: <c>record.member</c> and further members inside; empty if the expression is no member.</summary>
    private static string PathOf(Expression expression)
    {
        var path = "";
        while (expression is MemberExpression member)
        {
            path = path.Length == 0 ? member.Field.Name : $"{member.Field.Name}.{path}";
            if (member.IsArrow || member.Target is not MemberExpression)
            {
                return $"{member.Field.Record}.{path}";
            }

            expression = member.Target;
        }

        return path;
    }

    private static bool IsRecord(Expression expression) => expression.Type.Canonical is RecordType;

    private static Scalar ScalarOf(CType type) => Scalar.Of(type) ?? throw new NotInterpretedException($"a value of type {type}");
}
