using System.Numerics;

namespace Review.Witness.Interpretation;

/// <summary>A call of one of the compiler's builtins.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signs">Which arguments have signed types.</param>
/// <param name="Pointee">What the last argument points to.</param>
/// <param name="First">The type of the first argument.</param>
internal sealed record Builtin(string Name, bool[] Signs, Scalar Pointee, Scalar First)
{
    /// <summary>True if <see cref="Evaluate"/> knows it.</summary>
    public static bool Exists(string name) => name is
        "__builtin_add_overflow" or "__builtin_sub_overflow" or "__builtin_mul_overflow"
        or "__builtin_memcpy" or "__builtin_memmove" or "__builtin_memset"
        or "__builtin_ffs" or "__builtin_ffsl" or "__builtin_ffsll" or "__builtin_clz" or "__builtin_clzl" or "__builtin_clzll"
        or "__builtin_ctz" or "__builtin_ctzl" or "__builtin_ctzll" or "__builtin_popcount" or "__builtin_popcountl" or "__builtin_popcountll"
        or "__builtin_bswap16" or "__builtin_bswap32" or "__builtin_bswap64" or "__builtin_abs" or "__builtin_labs" or "__builtin_llabs";

    /// <summary>The builtin's value.</summary>
    public long Evaluate(Memory memory, ReadOnlySpan<Value> arguments)
    {
        foreach (var argument in arguments)
        {
            if (!argument.IsDefined)
            {
                throw StopException.Violates(ViolationKind.Memory, $"an uninitialised value is handed to {Name}()");
            }
        }

        var first = arguments[0].Bits;
        switch (Name)
        {
            case "__builtin_add_overflow" or "__builtin_sub_overflow" or "__builtin_mul_overflow":
                return Overflow(memory, arguments);
            case "__builtin_memcpy" or "__builtin_memmove":
                memory.Copy((ulong)first, (ulong)arguments[1].Bits, checked((int)arguments[2].Bits));
                return first;
            case "__builtin_memset":
                memory.Fill((ulong)first, arguments[2].Bits, (byte)arguments[1].Bits);
                return first;
            case "__builtin_abs" or "__builtin_labs" or "__builtin_llabs":
                return First.Extend(first < 0 ? -first : first);
            case "__builtin_bswap16":
                return (ushort)((first << 8) | ((first >> 8) & 0xff));
            case "__builtin_bswap32":
                return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((uint)first);
            case "__builtin_bswap64":
                return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(first);
        }

        var bits = First.Size * 8;
        var number = First.Size == 8 ? (ulong)first : (uint)first;
        return Name[10] switch
        {
            'f' => number == 0 ? 0 : BitOperations.TrailingZeroCount(number) + 1,
            'c' when Name[11] == 'l' => number == 0 ? throw StopException.Violates(ViolationKind.Memory, $"{Name}(0) is not defined") : BitOperations.LeadingZeroCount(number) - (64 - bits),
            'c' => number == 0 ? throw StopException.Violates(ViolationKind.Memory, $"{Name}(0) is not defined") : BitOperations.TrailingZeroCount(number),
            _ => BitOperations.PopCount(number),
        };
    }

    private long Overflow(Memory memory, ReadOnlySpan<Value> arguments)
    {
        var left = Widen(arguments[0].Bits, Signs[0]);
        var right = Widen(arguments[1].Bits, Signs[1]);
        var exact = Name[10] switch { 'a' => left + right, 's' => left - right, _ => left * right };
        var stored = Pointee.Extend((long)(ulong)(exact & ulong.MaxValue));
        memory.Store((ulong)arguments[2].Bits, Pointee.Size, Value.Of(stored));
        return Widen(stored, Pointee.IsSigned) == exact ? 0 : 1;
    }

    private static BigInteger Widen(long bits, bool isSigned) => isSigned ? bits : (ulong)bits;
}
