# fish completion of BusIngest.Api; it asks the program itself what may come next.
function __busingest_api_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $words[1])
    set -l line (string join ' ' -- $words[2..-1] $word)
    set -l suggestions ($program "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    if test -n "$suggestions"
        printf '%s\n' $suggestions
    else
        __fish_complete_path $word
    end
end
complete -c BusIngest.Api -f -a '(__busingest_api_complete)'
