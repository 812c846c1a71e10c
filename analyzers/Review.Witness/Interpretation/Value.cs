namespace Review.Witness.Interpretation;

/// <summary>
/// A C scalar: 64 bits, extended from its type's width as its sign says; a pointer is its address. One that nobody has set may be copied, and
/// stops the run where something depends on it.
/// </summary>
/// <param name="Bits">The value.</param>
/// <param name="IsDefined">False for what was never written.</param>
internal readonly record struct Value(long Bits, bool IsDefined)
{
    /// <summary>What an object holds before anything is stored in it.</summary>
    public static Value Undefined => default;

    /// <summary>A value that is set.</summary>
    public static Value Of(long bits) => new(bits, IsDefined: true);

    /// <summary>C's truth.</summary>
    public static Value Of(bool truth) => new(truth ? 1 : 0, IsDefined: true);
}
