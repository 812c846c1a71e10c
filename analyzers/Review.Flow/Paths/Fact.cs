namespace Review.Flow.Paths;

/// <summary>Which signs a value can have. For pointers: an error pointer, null, a valid pointer.</summary>
[Flags]
public enum Signs
{
    None = 0,
    Negative = 1,
    Zero = 2,
    Positive = 4,
    NotZero = Negative | Positive,
    NotNegative = Zero | Positive,
    NotPositive = Negative | Zero,
    Any = Negative | Zero | Positive,
}

/// <summary>What a path knows of a value it does not know.</summary>
/// <param name="Signs">The signs it can have.</param>
/// <param name="Ones">Bits known to be set.</param>
/// <param name="Zeros">Bits known to be clear.</param>
public readonly record struct Fact(Signs Signs, ulong Ones, ulong Zeros)
{
    /// <summary>Nothing is known.</summary>
    public static readonly Fact Nothing = new(Signs.Any, 0, 0);

    /// <summary>True if no value is left.</summary>
    public bool IsImpossible => Signs == Signs.None || (Ones & Zeros) != 0 || (Signs == Signs.Zero && Ones != 0);

    /// <summary>The same fact with all that follows from one part for the other: what has a bit is not zero, and zero has none.</summary>
    public Fact Normalize() => Signs == Signs.Zero ? Of(0)
        : Ones != 0 && (Ones | Zeros) == ulong.MaxValue ? Of(unchecked((long)Ones))
        : Ones != 0 ? this with { Signs = Signs & Signs.NotZero }
        : this;

    /// <summary>All that is known of a number.</summary>
    public static Fact Of(long number) =>
        new(number < 0 ? Signs.Negative : number == 0 ? Signs.Zero : Signs.Positive, unchecked((ulong)number), ~unchecked((ulong)number));

    /// <summary>True if the number is one that this fact allows.</summary>
    public bool Allows(long number) => (Of(number).Signs & Signs) != Signs.None && (unchecked((ulong)number) & Zeros) == 0 && (~unchecked((ulong)number) & Ones) == 0;

    /// <summary>Both facts hold.</summary>
    public Fact And(Fact other) => new(Signs & other.Signs, Ones | other.Ones, Zeros | other.Zeros);

    /// <summary>One of the facts holds.</summary>
    public Fact Or(Fact other) => new(Signs | other.Signs, Ones & other.Ones, Zeros & other.Zeros);
}
