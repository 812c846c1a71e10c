namespace Review.Witness.Interpretation;

/// <summary>C's arithmetic on numbers of a width and sign.</summary>
internal static class Arithmetic
{
    /// <summary>An operator on two operands. A value that was never set makes one.</summary>
    public static Value Binary(Opcode opcode, Scalar scalar, Value left, Value right) =>
        new(scalar.Size == sizeof(long) ? Wide(opcode, scalar.IsSigned, left.Bits, right) : Narrow(opcode, scalar, left.Bits, right), left.IsDefined && right.IsDefined);

    /// <summary>The low bits of a number as a bit field of that width holds them.</summary>
    public static long Field(long bits, int width, bool isSigned)
    {
        var unused = 64 - width;
        return isSigned ? bits << unused >> unused : (long)((ulong)(bits << unused) >> unused);
    }

    private static long Narrow(Opcode opcode, Scalar scalar, long left, Value right) => opcode switch
    {
        // As x86_64 and arm64 do it; C leaves a count outside the width open.
        Opcode.ShiftLeft => scalar.Extend(left << ((int)right.Bits & 31)),
        Opcode.ShiftRight => scalar.IsSigned ? left >> ((int)right.Bits & 31) : (long)((ulong)left >> ((int)right.Bits & 31)),
        _ => scalar.Extend(Wide(opcode, scalar.IsSigned, left, right)),
    };

    private static long Wide(Opcode opcode, bool isSigned, long left, Value second)
    {
        var right = second.Bits;
        switch (opcode)
        {
            case Opcode.Add:
                return left + right;
            case Opcode.Subtract:
                return left - right;
            case Opcode.Multiply:
                return left * right;
            case Opcode.Divide or Opcode.Remainder:
                return Divide(opcode, isSigned, left, second);
            case Opcode.ShiftLeft:
                return left << ((int)right & 63);
            case Opcode.ShiftRight:
                return isSigned ? left >> ((int)right & 63) : (long)((ulong)left >> ((int)right & 63));
            case Opcode.And:
                return left & right;
            case Opcode.Or:
                return left | right;
            case Opcode.Xor:
                return left ^ right;
            case Opcode.Less:
                return (isSigned ? left < right : (ulong)left < (ulong)right) ? 1 : 0;
            case Opcode.LessOrEqual:
                return (isSigned ? left <= right : (ulong)left <= (ulong)right) ? 1 : 0;
            case Opcode.Equal:
                return left == right ? 1 : 0;
            case Opcode.NotEqual:
                return left != right ? 1 : 0;
            default:
                throw new InvalidOperationException($"{opcode} has no two operands");
        }
    }

    private static long Divide(Opcode opcode, bool isSigned, long left, Value second)
    {
        var right = second.Bits;
        if (!second.IsDefined)
        {
            return 0;
        }

        if (right == 0)
        {
            throw StopException.Violates(ViolationKind.Memory, "divides by zero");
        }

        if (isSigned && right == -1)
        {
            return opcode == Opcode.Divide ? unchecked(-left) : 0;
        }

        return (opcode == Opcode.Divide, isSigned) switch
        {
            (true, true) => left / right,
            (true, false) => (long)((ulong)left / (ulong)right),
            (false, true) => left % right,
            (false, false) => (long)((ulong)left % (ulong)right),
        };
    }
}
