/**
 * The words that a shared recording keeps: field values and messages of Kubernetes, of MetalLB and of the products beside
 * it, and what our own checks look for. Every other word might be somebody's name or secret and is replaced.
 */
export const vocabulary: ReadonlySet<string> = new Set(
  `
0x0202 0x0203 0x0205 0x0206 0x0207 0x0300 0x0301 0x0303 0x0308 0x030a 0x030b 0x0400 0x0601 0x0602
0x0603 0x0604 0x0605 0x0606 0x0607 0x0608 a ab abort aborterror about absent accept accepted
accepting account act action activateneighborfor active ad add addedpool additional
additionalassignfailed additive addr address addresses addressfamilyinfo addresspool
addresspoollist addresspools addresstype adjchange admin administrative administrator admission
admissionregistration admissionreviewversions advertise advertised advertisement advertisements
advice aes affects affinity after again against agent aggregation aggregationlength
aggregationlengthv6 alert alertname alerts alignstoclusterip all alloc allocate allocated
allocateips allocateloadbalancernodeports allocation allocationfailed allocator allotted allow
allowed allowedprefixlist alone alpha already also alsocalled altname always amazonaws amd64 an
and annotation annotations announc announce announced announcedinterfacestoexclude announcefailed
announcement announcements announcer announcing another answer answered answers antrea any anyuid
anywhere apart api apiextensions apigroups apis apiserver apiversion apiversions app application
applications applicationset applicationsets applied applies apply applying apps arch architecture
are arg argo argocd argoproj args arm64 arp arpa arping arpreply arprequestignore as ask asked
asks asksmore asn asns aspathprepend assembling assign assigned assignedipv4 assignedipv6
assignment at attempt attempts attribute audit auth authentication authority authorization auto
autoassign autocomplete autodiscovery autogen automatic availability available availableipv4
availableipv6 availablereplicas avoidbuggyips avoids awaiting awarenessmaxmultiplier away aws b ba
back backend backendkey backoff bad balancer balancers base64 bases basic basis be because been
before behavior behind being belong belonged below besteffort beta between bfd bfdprofile
bfdprofilelist bfdprofiles bfdprofilevalidationwebhook bgp bgpadvertisement bgpadvertisementlist
bgpadvertisements bgpextras bgppeer bgppeerlist bgppeers bgppeersvalidationwebhook
bgppeervalidationwebhook bgpstate bgpstatusevent bgptype bgpversion bigint bind bindaddr bindport
bitnami bits blind block blocked blocks book bookingof bookmark bookworm bool boolean both branch
breaks broadcast broken buffer bug buggy build bundle bundles burstable but by byte bytes cabled
cabundle cache caches cali calico call caller calling calls came can canal cannot cap capabilities
capability carrier cattle cause causes cbr cert certificate certificatelist certificates certs
chain change changed changes chart check checks checksum chosen cidr cidrs cilium
ciliumclusterwidenetworkpolicies ciliumclusterwidenetworkpolicy ciliuml2announcementpolicies
ciliuml2announcementpolicy ciliumloadbalancerippool ciliumloadbalancerippools
ciliumnetworkpolicies ciliumnetworkpolicy cipher claimed claims class clean cleanup clear
clearassignment cleared clearing client clientcertificatedata clientconfig clientkeydata close
closed closing cloud cloudnativelabs cluster clusterip clusterips clusterrole clusters cmdline cni
co code collision color colour columns com come comma command commandnotfound commands commit
common communities community communitylist communityprefixlist communityvalidationwebhook
comparesconfigurationtruly compareslengthsbyfamily comparisonerror compatible complete component
components computed concepts condition conditions conf config configmap configmaps confignotloaded
configreconciler configreconcilervalid configuration configurationerror configurations
configurationstate configurationstatecontroller configurationstatelist
configurationstatereconciler configurationstates configurationstatus configured confirmed
conflicting conflictingadvertisements conn connect connection connecttime connecttimeoutms
conntrack console constraint cont container containercannotrun containercreating containerd
containerid containerport containerruntimeversion containers containersnotready containersready
containerstatuses containing contains content contested context contexts continue contradicts
control controll controller controllergroup controllerkind controllerlogs controllers
controllerversion converge converged convergeservice conversion convert cop core coredns could
couldn count counted counter courses cp cpu cr crash crashloopbackoff crd create
createarpresponder created createmlsecret createndpresponder creating creationtimestamp credential
crs crt crypto csv ctype current currently currentnumberscheduled curve curveid
customresourcedefinition customresourcedefinitions d daemonset daemonsets damaged data database
datapath dead deadline debian debounce debug debugging declared decode decoding deconfigured
decrypt dedicated default defaults defined defines definition delete deletearpresponder
deletebalancer deleted deletendpresponder deletion deletiontimestamp denied deny deployed
deployment deployments deprecated deprecatedannotation deprecatedcount deprecatedfirsttimestamp
deprecatedlasttimestamp deprecatedsource depth derived desc desired desirednumberscheduled
destination details detect detection detectmultiplier determine dev df diagnosis diagnostic dial
dialing dict did didn diff differ different differentiprequested differentpoolrequested differs
digest digitalocean dir direction directory disable disabled disablemp disables disabletcppings
discovery disk diskpressure dns do docker document does doesn doesnotexist doing don done dovecot
down downgrade dpt drop dropped dropping dry dst dual dualstackaddressfamily due dumb dummy dump
duplicate during dynamicasn e eaddrnotavail eai early ebgp ebgpmultihop ecdhe ecdsa echo
echointerval echomode econnecttimeout econnrefused effect ehostdown ehostunreach eip eks elbv2
election element else elsewhere emergencies empty enable enablecompression enabled
enabledefaultdeny enablegracefulrestart enables encoding encrypted end ended ending endings
endpoint endpoints endpointselector endpointslice endpointslices endport ends endupdate
enetunreach enforce enoent enotfound enough enqueueing ensuring entication entities entry env eof
epipe epoll eproto epslice epslices equal equivalent err errimageneverpull errimagepull error
errors errorsummary es established etc etcdserver eth0 ethernet etimedout evaluating even event
events eventtime everybody evidence example exceeded exclude excluded excludel2 exclusive exec
execcredential execute executing execution exhausted exist existent existing exists exit exitcode
exitprompterror expected expecting experimental expirationtimestamp expired expires expose
expression expressions extension extensions external externalip externalips externaltrafficpolicy
extra extras f facts fail failed failedcreate failedmount failedscheduling failing failovers fails
failure failurepolicy failurethreshold falling false family familypolicy fast faster fatal fault
faults feature few fewer field fieldindexer fieldpath fieldref fields file filename files filter
filtered filteredbynodeselector finalizer finalizers find finishedat firing first firstat
firsttimestamp fits flag flags flannel flaps fleet flux fluxcd fold folder following for forbidden
force forcing forgivesunadvertisedipv6 format formed found foundby frames free from fromcidr
fromcidrset fromendpoints fromentities frozen frr frrconfiguration frripfamily frrk8s
frrk8sreconciler frrk8sreload frrnodestate frrnodestatelist frrnodestates frrouting fsm fulfilled
full function further future g gained garbage gateway gc gcm general generate generated
generatename generating generation generic get getaddresses getinterfaces gets getsockopt getting
ghcr gi git github gitversion given gives global globalnetworkpolicies globalnetworkpolicy glog
gnu go goes golang gone gossipinterval gossipnodes gossiptothedeadtime gossipverifyincoming
gossipverifyoutgoing got goversion granted gratuitous gratuitousannounce group groups grpc
guarantee guard gvk gz gzip h had handle handled handler handling handoffqueuedepth handshake
happen haproxy hardware has hasaccounts hascabundle hash hasnames haspassword have hcloud head
header headers headline health healthchecknodeport healthy healthz heard hears held helm helmchart
helmcharts helmrelease helmreleases help helpful here hetzner hex hidden high hindrances hold
holder holderof holds holdtime hole hop host hostip hostips hostname hostnetwork hostport
hostports hpe http http2 httpget https i ibgp id identifier identity identityfrom idle ids if
ifaddr ifnotpresent ignore ignored ignoresexcludelabel ignorespoolmetadata ignoring image imageid
imagepullbackoff imagepullpolicy images imaps immutable impersonate implementation in inactive
include incoherent incoming incorrect index indirectchecks inferred info information informational
informer informers infra infraerror ingress ingressdeny inherit init initcontainerstatuses initial
initialdelayseconds initialize initialized inject injected inquirer insecure installation
installations installed installhint instance instead insufficient int32 integer interactivemode
interface interfaces internal internalerror internalip internaltrafficpolicy interrupted interval
invalid invalidimagename invalidip involvedobject io ip ipaddress ipaddresspool ipaddresspoollist
ipaddresspools ipaddresspoolselectors ipaddresspoolvalidationwebhook ipadvertisement ipallocated
ipam ipamrequest ipamrequestsatisfied ipfamilies ipfamily ipfamilyforaddresses ipfamilypolicy
ipmode ipnotallowed ips iptables ipv ipv4 ipv4address ipv6 ipv6address ipversion ipvs is
iscomplete isforhosts issuer it items its itself iwef join joined joining js json
judgesownnodeonly k0s k3s k3s1 k8s kapp keep keepalive keepalived keepalivedgroup keepalivesrecv
keepalivessent keepalivetime keeps kept kernel key keychangewakesall keylen keys kind kindnet
klipper klog known knows knowsdynamicasn knowsinterfaces knowsnewprefix knowsserviceselectors
koffi kube kubeadm kubeapiserver kubeconfig kubectl kubelet kubelethasnodiskpressure
kubelethassufficientmemory kubelethassufficientpid kubeletready kubeletversion kubeproxy
kubernetes kubesphere kustomization kustomizations kustomize kyverno l l2 l2advertisement
l2advertisementlist l2advertisements label labeled labels lableipv lacks lang lann large
largecommunityprefixlist last lastat lastheartbeattime lastobservedtime lastprobetime laststate
lasttimestamp lasttransitiontime lastupdatetime lately latest layer layer2 layer2status
layer2statusreconciler lb lbipam lbips lbnodeagent lc leader leads leaf lease least leaves leaving
left leftover legacyaddresspools len length lengths level license lies likely limit limited limits
linecounter lines lingers link linux list listed listen listenandserve listener listening listkind
lists live livenessprobe ll lo load loadbalancer loadbalancerclass loadbalancerfailed
loadbalancerip loadbalanceripchanged loadbalancerips loadbalancers loadbalancersourceranges loaded
loading local localas localasn localdata localhost localifs locally localpref localprefprefixlist
locprf log logger logging logs longer look lookalike looked looking loopback looping lose loses
lost low lower loxilb ls lxc lxcbr m mac machine machines made main make making malformed managed
managedfields manager manifests manual many map markdown marker martian master match matches
matchexpressions matching matchlabels matchpolicy max maximum maxsurge maxunavailable may
meanwhile mechanism membelist member memberdiscovery memberlist memory memorypressure merge merged
message messages messagestats meta metadata metal metallb metallbaddresspool metallbbgpsessiondown
metallbdefinedat metallbreload metallbresources metallbvalidation metric metrics metricshttps
microk8s might migrate milliseconds min minimum minimumreplicasavailable
minimumreplicasunavailable minimumttl mismatch missing misspelled mixed ml mlb mod mode modified
modules monitoring more mounted mountvolume move moved moves mp mqtt ms msg multicast multihop
multiplier must mustdisableconnectedcheck mutatingwebhookconfiguration mutually mvcc my myasn n
name named names namesexhaustedpool namespace namespaced namespaces namespaceselector
namespaceselectors native ndp ndpreply ndprequestignore nearly need negative neighbor neighbour
neighbours neither net netlox nets network networkpolicies networkpolicy networkunavailable never
new newreplicasetavailable next nexthop nexthops nf nftables nginx nice nil nmain no nobody
nochange noclusterips noclusteripsipfamily noconfig node nodeaffinity nodeassigned nodeinfo nodeip
nodejoin nodelabeledexcludebalancers nodelabelschanged nodeleave nodelocaldns nodename
nodenetworkunavailable nodenotready nodeport nodeports nodereconciler nodes nodeselector
nodeselectors nodestatusunknown nodeunschedulable nodeupdate noendpoints noexecute noipallocated
nolbipsipfamily nolocalendpoints nomatchingadvertisement non none nor normal noschedule not note
notfound nothing notices notification notificationssent notin notloadbalancer notmatchinterface
notnets notowner notports notprotocol notselector now nruntime ns null numads number
numberavailable numbermisscheduled numberready numberunavailable numeric o object objects
objectset observed observedgeneration obtain occurred oclif of off ok old on once one only
onlywebhook oomkilled op opaque open openconfirm openelb openings opens opensent openshift
opensrecv openssent openstack operatingsystem operation operationcompleted operations operator ops
option optional options or ora orchestrator order org origin original os osimage ossl other
otherlogs others out outcome outofsync output outside over overflow overlap overlaps ovn ovnkube
own owned owner ownerreferences p package packet packets panic parameter parse parsevrfs parsing
part partial parts pass passed passive passivemode passthrough passwd password passwordsecret
passwordsecrets patch patches patchesstrategicmerge path paths peer peeradded peeraddress peerasn
peerid peernotification peerport peerremoved peers pending per percent performed periodseconds
permission permitted phase phrase pid pidpressure pinned pipe pkg pl place plain plane please
plugin plural pod podcidr podcidrs podip podips pods podscheduled podsecurity podsecuritypolicy
pointer policies policy pool poolreconciler poolreconcilervalid pools poolstatuscontroller
poolstatusreconciler port portforeign ports positive possible post posting pprof prec preemption
pref preferdualstack preference preferences preferernce prefernoschedule preferrednodeselectors
prefix prefixes prepend present pressure previous primary priority private probe probeinterval
probes probetimeout problem problems proc processed processing profile profiles profiling program
progress progressed progressing projectcalico prometheus propagate proto protocol protocols proves
provideclusterinfo provided provider providerid proxied proxy proxyconnect public published
publishespooluse publishnotreadyaddresses pull pulling purelb pushpullinterval qosclass quay
querying question questions queue queuecheckinterval quota r rancher range ranges raw rbac
rbacprometheus rc reach reached reaches read readfile readiness readinessprobe readings ready
readyreplicas readyz reason receipt receive received receiveinterval reconcile reconciled
reconcilehandler reconcileid reconciler reconciliationfailed reconciling record recorded recording
recovered recreate redhat redirection ref reference references referencing reflector refresh
refusal refused refusedby refuses refusestoofewclusterips regarding region registries registry
registryunavailable reject rejected release released releases reload reloaded reloader reloads
relying remote remoteas remoterouterid remove removed removedfromconfig rendered replace
replaceall replacements replica replicafailure replicas replicaset replicasets reply report
reportingcomponent reportingcontroller reportinginstance reports reprocessall reprocessed
reprocessing request requested requests required requiredualstack requires res reset reshuffled
resolution resolve resolved resolving resource resources resourceupdated resourceversion respond
responder response responsemac responses rest restartcount restarting restmapping restore restrict
restricted result resyncing retired retracted retransmitmult retrieve retry retrying return
returned reversed revision revisionhistorylimit rhel rio rising risk rival rke rke2 role
rollingupdate root rootcauses rotation route router routerefreshsent routerid routers routes
routines routing rpc rsa rtsp rule ruledout rules run runcontainererror running runtime s s3 safe
said same satisfied satisfy say says scaled scalingreplicaset scc scheduled scheduler scheduling
schema schemaversion scheme scope scrape sctp search second secret secretkey secrets section
secureconnect secureserving security securitycontext see seems seen segment select selected
selecting selection selector selectors selects self selfsubjectreview send senderip senderlladdr
sendermac sending sendkeepalive sendupdate sendwithdraw sent sentprefixcounter separated series
serve served server serverversion service serviceaccount serviceaccountname serviceaccountselector
serviceallocation serviceannounced servicebgpstatus servicebgpstatuses servicebgpstatuslist
servicedeleted serviceipfamily servicel servicel2status servicel2statuses servicel2statuslist
servicelb servicename servicenamespace servicereconciler services serviceselectors serviceupdated
servicewithdrawn serving session sessionaffinity sessiondown sessions sessionup set setbalancer
setconfig setnode setsockopt setting settles settlesforonefamily setup several severity sh sha256
sha384 share shared sharedipwithserviceselector sharing sharingkey short should shouldannounce
shows shut shutdown sideeffects sigint signature signed sigs sigterm silenced silent since
singlestack singular size skew skip skipped skipping slice slot slow small snapshot so socket
sockets solicited some somebody someonebut sops source sourceaddress space speaker speakerlist
speakerlogs speakers speakerversion spec specific specified specify spill split spt src ss ssl
stable stack stacktrace stale staleconfig stands start started startedat starterror starting
starts startsat starttime startup startupdate state statefulset status statuses statusreconciler
stdin stem still stop stopped stored straight stranded strategy stream strict strictarp string
stringdata strings stun subject subresource succeeded success successfully successthreshold such
sufficient suggestions suggests suitable suites support supported supports suppressed suppressions
suspicionmaxtimeoutmult suspicionmult svc svccontroller svclb svcname svcnamespace switched symbol
syn sync synced synchronization synchronized syncpeers syntax sys system t table tailscale taint
taints taken takenat takes talos target targetport tcp tcptimeout template templates term terminal
terminated terminating terminationgraceperiodseconds text tf tgo than that the their them there
they this those thought through tier time timeadded timed timeout timeoutseconds timer timers
title tls tlsciphersuites tlsminversion tmp tmpl to token tokenfile tolerations too toolkit tools
topology toports tos total totalrecv totalsent trace traefik traffic trailing transmit
transmitinterval transport triage tried trigger triggering trouble troubled true trulyusable
truntime try tryassignadditionalip trying ts tsigs ttl tunl tunnel twice two txt type types ubuntu
udp udpbuffersize ufw uid uint16 uint32 uint8 unable unacceptable unadvertised unanswered unasked
unavailable unavailablereplicas uncertain unchanged unconfirmed undecided under unexpected
unhandlederror unhealthy universe unknown unknownerror unknowns unmanaged unnamed
unnamedpinningservesall unpack unreachable unread unreadable unready unrecognized unschedulable
unspecific unsupported untolerated untouched untrusted unwatch unwatchmulticastgroup up update
updateads updated updatedadvertisements updatedingressip updatednumberscheduled updatedreplicas
updates updateservicestatus updatesrecv updatessent updatestrategy upgrade upgradefailed uptime
urgp url us usable usage usages use used user userinfo username userprofile users uses using utf
utf8 v v0 v1 v1alpha1 v1alpha2 v1beta1 v1beta2 v2 v3 v4 valid validate validatingadmissionpolicy
validatingwebhookconfiguration validatingwebhookconfigurations validatingwebhooks value valuefrom
values var verb verbose verdict verdicts verify version versions veth via victims violates vip
viphost virbr volume vrf vs vsphere vtysh vxlan w wait waiting waitsfor wan want warn warning
warnings was watch watcher watchmulticastgroup way wd we weave webhook webhookmode webhooks
websecure well went were what when where whether which while who whose why wide will window wire
with withdraw withdrawing within without woken word works world would write writeconfig writing
written wrong wx x x509 y ya yaml yes yet your z za zero zone
`.match(/[a-z0-9]+/g),
);
