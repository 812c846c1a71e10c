namespace Review.Witness.Interpretation;

/// <summary>A branch that runs are made to take, whatever its condition says: what would come of it if a situation led there?</summary>
/// <param name="From">The instruction that branches.</param>
/// <param name="To">Where it goes.</param>
internal readonly record struct Detour(int From, int To);
