namespace Review.Model.Scenarios;

/// <summary>Which names earlier operations have defined. Mappings and files have name spaces of their own.</summary>
internal sealed class NameScope
{
    private readonly HashSet<string> mappings;
    private readonly HashSet<string> files;

    private NameScope(IEnumerable<string> mappings, IEnumerable<string> files)
    {
        this.mappings = new HashSet<string>(mappings, StringComparer.Ordinal);
        this.files = new HashSet<string>(files, StringComparer.Ordinal);
    }

    public NameScope()
        : this([], [])
    {
    }

    /// <summary>What a forked child knows: what it defines is unknown to its parent.</summary>
    public NameScope Child() => new(mappings, files);

    public bool HasMapping(string name) => mappings.Contains(name);

    public bool HasFile(string name) => files.Contains(name);

    /// <summary>Adds what an operation defines, if it is expected to succeed.</summary>
    public void Define(Operation operation)
    {
        switch (operation)
        {
            case Mmap { Name: { } name, Expect.Errno: null }:
                mappings.Add(name);
                break;
            case Mremap { Name: { } name, Expect.Errno: null }:
                mappings.Add(name);
                break;
            case Reserve reserve:
                mappings.Add(reserve.Name);
                break;
            case CreateFile file:
                files.Add(file.Name);
                break;
            case OpenUffd uffd:
                files.Add(uffd.Name);
                break;
            case UffdRead { Name: { } name }:
                files.Add(name);
                break;
            default:
                break;
        }
    }
}
