namespace BusIngest.Workers.Orders.Generating;

/// <summary>Made-up customers.</summary>
internal static class Customers
{
    private static readonly string[] FirstNames =
    [
        "Ana", "Beatriz", "Bruno", "Caio", "Camila", "Carla", "Daniel", "Diego", "Eduardo", "Elisa", "Fabio", "Fernanda", "Gabriel",
        "Helena", "Heitor", "Isabela", "Joana", "João", "Júlia", "Laura", "Leonardo", "Lucas", "Luísa", "Marcos", "Maria", "Mateus",
        "Nina", "Otávio", "Paula", "Pedro", "Rafael", "Renata", "Rita", "Sofia", "Tiago", "Vitor",
    ];

    private static readonly string[] LastNames =
    [
        "Almeida", "Alves", "Araújo", "Barbosa", "Cardoso", "Carvalho", "Castro", "Correia", "Costa", "Dias", "Duarte", "Fernandes",
        "Ferreira", "Freitas", "Gomes", "Lima", "Lopes", "Machado", "Martins", "Melo", "Mendes", "Monteiro", "Moreira", "Nunes",
        "Oliveira", "Pereira", "Pinto", "Ramos", "Ribeiro", "Rocha", "Santos", "Silva", "Souza", "Teixeira", "Vieira",
    ];

    // Made once: a million orders share them.
    private static readonly string[] Names = [.. FirstNames.SelectMany(_ => LastNames, (first, last) => $"{first} {last}")];

    /// <summary>One of them.</summary>
    public static string Draw(Random random) => Names[random.Next(Names.Length)];
}
