using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>Initial values.</summary>
internal sealed partial class FunctionCompiler
{
    /// <summary>Stores an initial value.</summary>
    /// <param name="address">Leaves the address of the whole object.</param>
    /// <param name="offset">Where in the object the value belongs, in bytes.</param>
    /// <param name="type">The type of what is there.</param>
    /// <param name="value">The value.</param>
    /// <param name="isZero">True if the object is zero already, as C makes what a list leaves out.</param>
    private void Initialize(Action address, long offset, CType type, Expression value, bool isZero)
    {
        switch (value)
        {
            case InitializerList list when type.Canonical is RecordType or ArrayType:
                if (!isZero)
                {
                    address();
                    Move(offset);
                    Emit(new Instruction(Opcode.Clear, checked((int)type.Size)));
                }

                Elements(address, offset, type, list);
                break;
            case InitializerList { Elements: [var only] }:
                Initialize(address, offset, type, only.Value, isZero);
                break;
            case StringExpression text when type.Canonical is ArrayType array:
                Characters(address, offset, array, text);
                break;
            case CompoundLiteral { Value: InitializerList inner } when type.Canonical is RecordType or ArrayType:
                Initialize(address, offset, type, inner, isZero);
                break;
            default:
                address();
                Move(offset);
                Evaluate(value);
                Emit(type.Canonical is RecordType record
                    ? new Instruction(Opcode.Copy, Number: record.Size)
                    : new Instruction(Opcode.Store, ScalarOf(type).Size));
                Emit(new Instruction(Opcode.Pop));
                break;
        }
    }

    private void Elements(Action address, long offset, CType type, InitializerList list)
    {
        var next = 0L;
        foreach (var element in list.Elements)
        {
            if (element.Designators is [{ Field: null } range, ..])
            {
                for (next = range.Low; next <= range.High; next++)
                {
                    Element(address, offset, type, list, element, next);
                }

                continue;
            }

            if (element.Designators is [{ Field: { } field }, ..])
            {
                next = list.Members.IndexOf(field);
                if (field.BitWidth > 0)
                {
                    BitFieldElement(address, offset, field, element.Value);
                    next++;
                    continue;
                }
            }

            Element(address, offset, type, list, element, next);
            next++;
        }
    }

    private void Element(Action address, long offset, CType type, InitializerList list, InitializerElement element, long position)
    {
        CType inner;
        if (element.Designators.IsEmpty)
        {
            (offset, inner) = type.Canonical switch
            {
                ArrayType array => (offset + (position * array.Element.Size), array.Element),
                RecordType when position < list.Members.Length => (offset + OffsetOf(list.Members[(int)position]), list.Members[(int)position].Type),
                _ => throw new NotInterpretedException($"an initial value by position in {type}"),
            };
            if (type.Canonical is RecordType && list.Members[(int)position].BitWidth > 0)
            {
                BitFieldElement(address, offset - OffsetOf(list.Members[(int)position]), list.Members[(int)position], element.Value);
                return;
            }
        }
        else
        {
            inner = type;
            foreach (var (designator, order) in element.Designators.Select(static (designator, order) => (designator, order)))
            {
                (offset, inner) = designator.Field is { } field
                    ? (offset + OffsetOf(field), field.Type)
                    : inner.Canonical is ArrayType array
                        ? (offset + ((order == 0 ? position : designator.Low) * array.Element.Size), array.Element)
                        : throw new NotInterpretedException($"an index into {inner}");
            }
        }

        if (inner.Canonical is RecordType or ArrayType && element.Value is not (InitializerList or StringExpression) && !IsRecord(element.Value))
        {
            throw new NotInterpretedException($"an initial value of {inner} without braces");
        }

        Initialize(address, offset, inner, element.Value, isZero: true);
    }

    private void BitFieldElement(Action address, long offset, FieldSymbol field, Expression value)
    {
        address();
        Move(offset + (field.OffsetBits / 8));
        Evaluate(value);
        Emit(new Instruction(Opcode.StoreBits, (int)(field.OffsetBits % 8), field.BitWidth));
        Emit(new Instruction(Opcode.Pop));
    }

    private static long OffsetOf(FieldSymbol field) =>
        field.OffsetBits >= 0 ? field.OffsetBits / 8 : throw new NotInterpretedException($"the offset of {field.Name}");

    private void Characters(Action address, long offset, ArrayType array, StringExpression text)
    {
        var bytes = ProgramCode.BytesOf(text);
        for (var i = 0; i < array.Length; i++)
        {
            address();
            Move(offset + i);
            Emit(new Instruction(Opcode.Constant, Number: i < bytes.Length ? bytes[i] : 0));
            Emit(new Instruction(Opcode.Store, 1));
            Emit(new Instruction(Opcode.Pop));
        }
    }

    private void Literal(CompoundLiteral literal)
    {
        var offset = Reserve(literal.Type.Size);
        void Base() => Emit(new Instruction(Opcode.LocalAddress, Number: offset));
        Initialize(Base, 0, literal.Type, literal.Value, isZero: false);
        Base();
    }
}
