namespace Review.Model.Scenarios;

/// <summary>A file of scenarios, schema <c>vma-scenarios/1</c>.</summary>
/// <param name="Split">Which part of a larger set it is, if any.</param>
/// <param name="Seed">With which the set was split or made, if any.</param>
/// <param name="Scenarios">In the order of the file; names are unique.</param>
public sealed record ScenarioFile(string? Split, long? Seed, EquatableList<Scenario> Scenarios)
{
    /// <summary>The name and version of the format.</summary>
    public const string Schema = "vma-scenarios/1";
}

/// <summary>One scenario: operations in a process of its own.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Fact">What it shows, in a sentence.</param>
/// <param name="Source">Where the fact comes from.</param>
/// <param name="Split">Which part of a larger set it belongs to.</param>
/// <param name="Tags">Free words.</param>
/// <param name="Requires">What the machine must have; see <see cref="Requirement"/>.</param>
/// <param name="Setup">Operations that have to succeed.</param>
/// <param name="Steps">Operations with what is expected of them.</param>
public sealed record Scenario(
    string Name,
    string? Fact,
    string? Source,
    string? Split,
    EquatableList<string> Tags,
    EquatableList<string> Requires,
    EquatableList<Operation> Setup,
    EquatableList<Operation> Steps);

/// <summary>What a scenario may require of the kernel and the user it runs as.</summary>
public static class Requirement
{
    /// <summary>userfaultfd(2) is built in and allowed.</summary>
    public const string Uffd = "uffd";

    /// <summary>CAP_SYS_NICE.</summary>
    public const string CapSysNice = "cap_sys_nice";

    /// <summary>No swap device: MADV_PAGEOUT leaves anonymous pages alone.</summary>
    public const string NoSwap = "noswap";

    /// <summary>Page frame numbers in /proc/PID/pagemap, to tell the zero page.</summary>
    public const string RootPagemap = "root_pagemap";

    /// <summary>User id 0.</summary>
    public const string Root = "root";

    /// <summary>Transparent huge pages.</summary>
    public const string Thp = "thp";

    /// <summary>memfd_secret(2).</summary>
    public const string SecretMem = "secretmem";

    /// <summary>Free huge pages of 2 MiB in the pool of hugetlbfs.</summary>
    public const string HugeTlb = "hugetlb";

    /// <summary>hugetlbfs with an empty pool: mappings can be reserved by MAP_NORESERVE only, and no page is there to be touched.</summary>
    public const string NoHugePages = "hugetlb_empty";

    /// <summary>The model: no system call does what the scenario asks for.</summary>
    public const string Model = "model";

    /// <summary>All of them.</summary>
    public static EquatableList<string> All { get; } = [Uffd, CapSysNice, NoSwap, RootPagemap, Root, Thp, SecretMem, HugeTlb, NoHugePages, Model];
}
