using FsCheck;
using FsCheck.Fluent;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>The map of a path's knowledge, against a dictionary that goes through the same changes.</summary>
public sealed class EquatableMapTests
{
    [Fact]
    public void A_map_holds_what_a_dictionary_holds_after_the_same_changes() => Prop.ForAll(ArbMap.Default.ArbFor<(byte What, byte Key, int Value)[]>(), static changes =>
    {
        var (map, expected) = (EquatableMap<Key, int>.Empty, new Dictionary<Key, int>());
        foreach (var (what, number, value) in changes)
        {
            // A key of its own each time: equal keys need not be the same object.
            var key = new Key(number % 12);
            (map, expected) = (what % 6) switch
            {
                0 => (map.Without(key), expected.Where(entry => entry.Key != key).ToDictionary()),
                1 => (map.Where(key.Number, static (least, other) => other.Number >= least), expected.Where(entry => entry.Key.Number >= key.Number).ToDictionary()),
                2 => (map.Select(value, static (value, entry) => new(entry.Key, value)), expected.ToDictionary(static entry => entry.Key, _ => value)),
                _ => (map.With(key, value), new Dictionary<Key, int>(expected) { [key] = value }),
            };
            if (!IsSame(map, expected))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Maps_with_the_same_entries_are_equal_whatever_they_held_before() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static numbers =>
    {
        var keys = numbers.Select(static number => new Key(number)).Distinct().ToList();
        var plain = keys.Where(static key => key.Number % 2 == 0).Aggregate(EquatableMap<Key, int>.Empty, static (map, key) => map.With(key, key.Number));
        var thinned = Enumerable.Reverse(keys).Aggregate(EquatableMap<Key, int>.Empty, static (map, key) => map.With(key, key.Number)).Where(static key => key.Number % 2 == 0);
        return plain.Equals(thinned) && thinned.Equals(plain) && plain.GetHashCode() == thinned.GetHashCode()
            && (plain.Count == 0 || !plain.Without(keys.Find(static key => key.Number % 2 == 0)!).Equals(thinned));
    }).QuickCheckThrowOnFailure();

    private static bool IsSame(EquatableMap<Key, int> map, Dictionary<Key, int> expected) =>
        map.Count == expected.Count
        && Enumerable.Range(0, 12).Select(static number => new Key(number)).All(key =>
            map.Contains(key) == expected.ContainsKey(key) && map[key] == expected.GetValueOrDefault(key) && map.TryGetValue(key, out var value) == expected.TryGetValue(key, out var there) && value == there);

    /// <summary>A key whose hash code others share.</summary>
    private sealed record Key(int Number)
    {
        public override int GetHashCode() => Number % 5 * 13;
    }
}
