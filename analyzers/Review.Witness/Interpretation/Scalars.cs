using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>C's integer types as the interpreter needs them: a width in bytes and a sign.</summary>
/// <param name="Size">1, 2, 4 or 8.</param>
/// <param name="IsSigned">True if values may be negative.</param>
internal readonly record struct Scalar(int Size, bool IsSigned)
{
    public static Scalar Int { get; } = new(4, IsSigned: true);

    public static Scalar Pointer { get; } = new(8, IsSigned: false);

    /// <summary>The value of the low bytes.</summary>
    public long Extend(long bits) => (Size, IsSigned) switch
    {
        (1, true) => (sbyte)bits,
        (1, false) => (byte)bits,
        (2, true) => (short)bits,
        (2, false) => (ushort)bits,
        (4, true) => (int)bits,
        (4, false) => (uint)bits,
        _ => bits,
    };

    /// <summary>C's integer promotion.</summary>
    public Scalar Promoted => Size < Int.Size ? Int : this;

    /// <summary>C's usual arithmetic conversions for two promoted types; types of one width and another rank make no difference here.</summary>
    public static Scalar Common(Scalar left, Scalar right) =>
        left.Size != right.Size ? left.Size > right.Size ? left : right : new(left.Size, left.IsSigned && right.IsSigned);

    /// <summary>The scalar that a type is; null for anything else.</summary>
    public static Scalar? Of(CType type) => type.Canonical switch
    {
        IntegerType { Size: 1 or 2 or 4 or 8 } integer => new((int)integer.Size, integer.IsSigned),
        EnumType { Underlying: var underlying } => Of(underlying),
        PointerType or FunctionType => Pointer,
        OpaqueType { Size: -1 } => Pointer,
        _ => null,
    };

    /// <summary>True for <c>_Bool</c>.</summary>
    public static bool IsBool(CType type) => type.Canonical is IntegerType { IsBool: true };

    /// <summary>The bytes that adding 1 to a pointer adds; GNU C counts <c>void</c> and functions as one byte.</summary>
    public static long Step(CType pointer) => pointer.Canonical is PointerType { Target.Canonical: var target } ? target switch
    {
        VoidType or FunctionType => 1,
        { Size: >= 0 } => target.Size,
        _ => throw new NotInterpretedException($"arithmetic on {pointer}"),
    } : throw new NotInterpretedException($"pointer arithmetic on {pointer}");
}

/// <summary>A construct that the compiler has no instructions for; running into it needs what the message says.</summary>
internal sealed class NotInterpretedException(string message) : Exception(message);
