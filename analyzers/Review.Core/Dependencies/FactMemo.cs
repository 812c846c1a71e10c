namespace Review.Core.Dependencies;

/// <summary>
/// Answers of a fact that are worked out when somebody asks, each once. Whoever asks later has read what the first one read, and that is noted. Asked from several threads, so
/// the fact has to see to it that one of them works at a time if its answers build on each other.
/// </summary>
public sealed class FactMemo<TKey, TValue> : INoted
    where TKey : notnull
{
    private readonly Dictionary<TKey, Entry> entries = [];
    private readonly Lock access = new();

    /// <summary>The answer for a key.</summary>
    /// <param name="key">What is asked.</param>
    /// <param name="compute">Works the answer out; if it throws, everybody who asks sees the exception.</param>
    /// <param name="meanwhile">The answer for whoever asks while it is worked out, because it leads back to itself.</param>
    public TValue Get(TKey key, Func<TValue> compute, Func<TValue>? meanwhile = null)
    {
        ArgumentNullException.ThrowIfNull(compute);
        lock (access)
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                entries[key] = entry = new Entry();
                entry.Compute(compute);
            }
            else if (!entry.IsDone)
            {
                // What comes of a circle depends on where it was entered: nobody takes that over.
                ReadAccount.NoteUntold();
                return meanwhile is null ? throw new InvalidOperationException($"the answer for {key} builds on itself") : meanwhile();
            }

            ReadAccount.Note(entry.Reads);
            return entry.Value;
        }
    }

    private sealed class Entry
    {
        private TValue? value;
        private Exception? exception;

        public bool IsDone { get; private set; }

        public IReadOnlyCollection<Read> Reads { get; private set; } = [];

        public TValue Value => exception is null ? value! : throw exception;

        public void Compute(Func<TValue> compute)
        {
            var account = ReadAccount.Unit is { } unit ? new ReadAccount(unit, null) : null;
            try
            {
                value = account is null ? compute() : account.Keep(compute);
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                exception = thrown;
            }

            Reads = account?.Reads ?? [];
            IsDone = true;
        }
    }
}
