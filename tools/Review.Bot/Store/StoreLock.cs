namespace Review.Bot.Store;

/// <summary>
/// The right to work on a state that belongs to one machine: a lock on a file beside it, which ends with the process however that ends. So whoever gets it knows that whatever others had claimed is
/// free.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private readonly FileStream file;

    private StoreLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock; null if another process has it.</summary>
    /// <param name="database">The database file.</param>
    public static StoreLock? Take(string database)
    {
        try
        {
            return new StoreLock(new FileStream(database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
